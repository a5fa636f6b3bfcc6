"""Pages that belong to no domain: help now, quick exit, language, theme, health."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.access import Audience, access
from community.accounts import service as accounts
from community.actors import MemberActor
from community.db import TROUBLE
from community.i18n import LANGUAGES
from community.web import edge, health, identity
from community.web.house import house

log = logging.getLogger("haven.pages")

pages = Blueprint("pages", __name__)

THEMES = ("", "light", "dark")


@pages.get("/help")
@access(Audience.PUBLIC)
def crisis() -> str:
    """Numbers to call now. Opens for anyone, and nobody is told."""
    return edge.render("pages/crisis.html")


@pages.post("/exit")
@access(Audience.PUBLIC)
def quick_exit() -> ResponseReturnValue:
    """End the session and lead to a plain page elsewhere."""
    actor = edge.actor()
    if actor is not None:
        try:
            with edge.writing() as session:
                accounts.end_session(session, actor, actor.session_id, now=edge.now())
        except TROUBLE as error:
            # Leaving comes first: the cookie goes either way, and the row runs out by itself.
            log.error("a session was left open: %s", type(error).__name__)
    identity.sign_out()
    to = house().settings.exit_url
    # The page's script asks for the address, so that it can replace the page instead of adding to its history.
    scripted = request.accept_mimetypes.best == "application/json"
    answer = make_response({"to": to}) if scripted else make_response(redirect(to, code=303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return identity.forget_device(answer)


@pages.get("/exit/about")
@access(Audience.PUBLIC)
def exit_help() -> str:
    """What Quick exit does and what it can't."""
    return edge.render("pages/exit_help.html")


@pages.route("/rights", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def rights() -> ResponseReturnValue:
    """Who can see what, and when staff must tell someone. A member says once that they have read it."""
    actor = edge.actor()
    if request.method == "POST":
        with edge.writing() as session:
            accounts.acknowledge_rights(session, edge.the(MemberActor), now=edge.now())
        return redirect(url_for("rooms.index"), code=303)
    asks = isinstance(actor, MemberActor) and not actor.has_read_rights
    return edge.render("pages/rights.html", asks=asks, chat_days=house().settings.chat_days)


@pages.post("/language")
@access(Audience.PUBLIC)
def language() -> ResponseReturnValue:
    """Change the language of the account, or of this browser."""
    wanted = request.form.get("language", "")
    # A form that brought what was typed is sent on whole (307), so that a search is answered in the new language.
    answer = make_response(redirect(_back(), code=307 if "words" in request.form else 303))
    if wanted in LANGUAGES:
        actor = edge.actor()
        if actor is not None:
            with edge.writing() as session:
                accounts.set_preference(session, actor, language=wanted)
        identity.remember_language(answer, wanted)
    return answer


@pages.post("/theme")
@access(Audience.SIGNED_IN)
def theme() -> ResponseReturnValue:
    """Choose light, dark, or as the device has it."""
    wanted = request.form.get("theme", "")
    if wanted in THEMES:
        with edge.writing() as session:
            accounts.set_preference(session, edge.someone(), theme=wanted)
    return redirect(_back(), code=303)


@pages.get("/health", endpoint="health")
@access(Audience.PUBLIC)
def health_page() -> ResponseReturnValue:
    """Which parts work. Nothing here tells about people."""
    parts = health.parts(house())
    down = any(part["state"] == "down" for part in parts)
    if request.accept_mimetypes.best == "application/json":
        return {"parts": parts}, 503 if down else 200
    return edge.render("pages/health.html", parts=parts), 503 if down else 200


def _back() -> str:
    """The path of our own page the form says it came from; never another site."""
    wanted = urlsplit(request.form.get("next", ""))
    is_ours = not wanted.scheme and not wanted.netloc and wanted.path.startswith("/") and "\\" not in wanted.path
    return wanted.path if is_ours and not wanted.path.startswith("//") else url_for("board.index")
