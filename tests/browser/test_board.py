"""The board in a browser, as a visitor with a phone has it: ways in, searching, Back, reload, leaving."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.accounts.demo import PASSPHRASE
from tests.browser.pages import calm
from tests.flows.server import Server

PHONE = {"width": 360, "height": 740}
PUBLIC = ("/", "/help", "/join", "/rights", "/sign-in", "/exit/about", "/places/988", "/nope")


@pytest.fixture(params=["en", "es"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A small phone in each language."""
    context = browser.new_context(viewport=PHONE, locale=request.param)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_a_phone_shows_the_ways_in_and_the_way_home(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    for path in PUBLIC:
        page.goto(server.url + path)
        assert page.locator(".band .mark").is_visible(), path
        assert page.locator(".band .mark").bounding_box()["width"] >= 44  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        rows = 1 if page.locator("html").get_attribute("lang") == "en" else 2
        assert page.locator(".band").bounding_box()["height"] <= 56 * rows  # type: ignore[index]
    page.goto(server.url)
    for href in ("/join", "/sign-in"):
        box = page.locator(f'main a[href="{href}"]').bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["height"], "on the first screen"


def test_results_and_questions_have_no_axe_findings(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(server.url)
    _search(page, "tampons")
    calm(page)
    _search(page, "xyzzy")
    calm(page)
    for path in ("/places/northside-drop-in", "/places/northside-drop-in/wrong", "/places/988/wrong/thanks"):
        page.goto(server.url + path)
        calm(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


WORDS = "qwyzzle comida"


def _search(page: Page, words: str = WORDS) -> None:
    page.fill("#words", words)
    page.fill("#place", "Riverton")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search")
    expect(page.locator(f'#words[value="{words}"]')).to_have_count(1)


def _is_answered(page: Page, words: str = WORDS) -> None:
    expect(page.locator("#words")).to_have_value(words)
    expect(page.locator("#place")).to_have_value("Riverton")


def test_back_and_reload_after_a_search_ask_nothing_and_lose_nothing(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(server.url)
    _search(page)
    _is_answered(page)
    expect(page.locator("#results-title")).to_be_focused()
    found = page.locator(".listing h3").all_inner_texts()
    page.reload()
    _is_answered(page)
    page.locator(".listing h3 a").last.click()
    page.wait_for_url("**/places/**")
    page.go_back()
    _is_answered(page)
    assert page.locator(".listing h3").all_inner_texts() == found
    _search(page, "cama")
    page.go_back()
    _is_answered(page)
    page.go_back()
    expect(page.locator("#words")).to_have_value("")
    assert page.url == f"{server.url}/"
    assert not [one for one in addresses if "qwy" in one or "iverton" in one]
    assert "qwy" not in str(phone.cookies())


def test_a_place_leads_back_to_the_results_and_a_new_language_keeps_them(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(server.url)
    _search(page)
    page.locator(".listing h3 a").first.click()
    page.wait_for_url("**/places/**")
    page.locator("main .link-row").click()
    page.wait_for_url("**/search")
    _is_answered(page)
    before = page.locator("html").get_attribute("lang")
    page.locator(".band-language button").click()
    _is_answered(page)
    assert page.locator("html").get_attribute("lang") != before


def test_leaving_clears_what_was_searched(server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.route("https://**", lambda route: route.fulfill(body="<title>plain</title>", content_type="text/html"))
    page.goto(server.url)
    _search(page)
    assert "qwyzzle" in page.evaluate("JSON.stringify(sessionStorage)")
    page.locator("[data-exit]").click()
    page.wait_for_url("https://**")
    page.goto(f"{server.url}/search")
    expect(page.locator("#words")).to_have_value("")
    assert "qwyzzle" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_without_scripts_a_search_and_a_new_language_work(server: Server, browser: Browser) -> None:
    page = browser.new_context(viewport=PHONE, locale="es", java_script_enabled=False).new_page()
    page.goto(server.url)
    _search(page)
    _is_answered(page)
    page.locator(".band-language button").click()
    _is_answered(page)
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.close()


def test_on_a_device_said_to_be_shared_nothing_is_kept(server: Server, browser: Browser) -> None:
    page = browser.new_context(viewport=PHONE, locale="en").new_page()
    page.goto(f"{server.url}/sign-in")
    page.fill("#name", "kite-mango")
    page.fill("#passphrase", PASSPHRASE)
    page.get_by_text("This is a shared phone or computer").click()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms")
    page.goto(server.url)
    _search(page)
    _is_answered(page)
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()
