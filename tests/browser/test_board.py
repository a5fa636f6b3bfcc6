"""The board in a browser, as a visitor with a phone has it: ways in, searching, Back, reload, leaving."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.test_story import FLAGS, NAMES
from tests.flows.server import Server

PHONE = {"width": 360, "height": 740}
PUBLIC = ("/", "/help", "/join", "/rights", "/sign-in", "/exit/about", "/places/988", "/nope")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running demo house."""
    running = Server(tmp_path_factory.mktemp("house"))
    running.cli("prepare")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the file."""
    found = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=["en", "es"])
def phone(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A small phone in each language."""
    context = chromium.new_context(viewport=PHONE, locale=request.param)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_a_phone_shows_the_ways_in_and_the_way_home(house: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    for path in PUBLIC:
        page.goto(house.url + path)
        assert page.locator(".band .mark").is_visible(), path
        assert page.locator(".band .mark").bounding_box()["width"] >= 44  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        rows = 1 if page.locator("html").get_attribute("lang") == "en" else 2
        assert page.locator(".band").bounding_box()["height"] <= 56 * rows  # type: ignore[index]
    page.goto(house.url)
    for href in ("/join", "/sign-in"):
        box = page.locator(f'main a[href="{href}"]').bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["height"], "on the first screen"
