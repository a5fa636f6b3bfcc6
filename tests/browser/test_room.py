"""A room on a phone by keyboard: what asks, in which order, and where the focus is afterwards."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.pages import PHONE, calm, open_page, sign_in, write
from tests.flows.server import Server

THREATENED = ("copper-lark", "talk-18-21")  # the demo's threat was written to her, so a card waits in this room


def test_words_that_need_a_second_thought_say_so_while_a_card_waits(browser: Browser, server: Server) -> None:
    name, room = THREATENED
    page = open_page(browser, server, viewport=PHONE)
    sign_in(page, server, name)
    page.goto(f"{server.url}/rooms/{room}")
    card = page.get_by_role("heading", name="This is not your fault")
    for _ in range(2):
        expect(card).to_be_visible()
        write(page, "add me on snap its starfox99")
        expect(page.locator("#nudge")).to_be_visible()
        expect(page.locator("#nudge")).to_be_focused()
        expect(card).to_have_count(0)
        assert page.input_value("#write") == "add me on snap its starfox99"
        page.fill("#write", "")
        expect(page.locator("#nudge")).to_be_hidden()
        expect(page.locator("#write")).to_be_focused()
        page.reload()


def test_taking_back_by_keyboard_stays_at_the_message(browser: Browser, server: Server) -> None:
    page = open_page(browser, server, viewport=PHONE)
    sign_in(page, server, "kite-mango")
    page.goto(f"{server.url}/rooms/talk-13-15")
    write(page, "oh no wrong room")
    mine = page.locator("article.is-mine").last
    expect(mine.get_by_text("Sent")).to_be_visible()
    mine.focus()
    page.keyboard.press("m")
    page.keyboard.press("Tab")  # the menu's own button first, then what is in it
    page.keyboard.press("Tab")
    expect(mine.get_by_role("button", name="Take it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(mine.get_by_text("You took this back")).to_be_visible()
    expect(mine).to_be_focused()


def test_a_text_that_is_too_long_is_kept_whole_and_says_by_how_much(browser: Browser, server: Server) -> None:
    page = open_page(browser, server, viewport=PHONE)
    sign_in(page, server, "kite-mango")
    page.goto(f"{server.url}/rooms/talk-13-15")
    page.fill("#write", "a" * 2003)
    expect(page.get_by_text("3 letters too many")).to_be_visible()
    page.locator("#write").press("Enter")
    expect(page.locator("#problem")).to_contain_text("Take out 3 letters")
    assert len(page.input_value("#write")) == 2003
    expect(page.locator("#write")).to_be_focused()
    calm(page)
    for _ in range(3):
        page.locator("#write").press("Backspace")
    expect(page.locator("#problem")).to_be_hidden()
    page.locator("#write").press("Enter")
    expect(page.locator("#write")).to_have_value("")


def test_a_long_card_leaves_the_chat_in_sight_and_its_choices_on_screen(browser: Browser, server: Server) -> None:
    name, room = THREATENED
    page = open_page(browser, server, viewport=PHONE)
    sign_in(page, server, name)
    page.goto(f"{server.url}/rooms/{room}")
    expect(page.get_by_role("heading", name="This is not your fault")).to_be_visible()
    for offline in (False, True):
        page.evaluate("(shown) => { document.getElementById('offline').hidden = !shown }", offline)
        bottom = page.locator("#composer").bounding_box()["y"]  # type: ignore[index]
        for button in page.locator("#note-place button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["y"] + box["height"] <= bottom
        assert page.locator("#log").bounding_box()["height"] >= 120  # type: ignore[index]
        calm(page)
