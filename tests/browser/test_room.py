"""A room on a phone by keyboard: what asks, in which order, and where the focus is afterwards."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.pages import PHONE, open_page, sign_in, write
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
