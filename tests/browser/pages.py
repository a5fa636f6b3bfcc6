"""Browsers for tests: pages that may ask nobody but us, signing in, writing, and looking with axe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from community.accounts.demo import PASSPHRASE
from tests.flows.server import Server

PHONE = {"width": 360, "height": 740}


def open_page(browser: Browser, server: Server, **options: object) -> Page:
    """A browser of its own that fails the test if a page breaks its policy or asks anyone else for anything."""
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(15_000)

    def refuse(request: object) -> None:
        url = str(request.url)  # type: ignore[attr-defined]
        assert url.startswith((server.url, server.url.replace("http", "ws"))), url

    page.on("request", refuse)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def sign_in(page: Page, server: Server, name: str) -> None:
    """Sign a demo youth in."""
    page.goto(f"{server.url}/sign-in")
    page.fill("#name", name)
    page.fill("#passphrase", PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms")


def write(page: Page, text: str) -> None:
    """Type into the composer and press Enter."""
    page.fill("#write", text)
    page.keyboard.press("Enter")


def calm(page: Page) -> None:
    """axe finds nothing."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
