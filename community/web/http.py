"""The HTTP edge: deny by default, headers, and errors as pages in the person's language."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from community import navigation
from community.access import allowed
from community.actors import StaffActor
from community.assets import pack
from community.db import TROUBLE
from community.errors import DomainError, Forbidden, NotFound, Resting
from community.web import edge, identity
from community.web.house import house
from community.web.origin import is_foreign

log = logging.getLogger("haven.http")

# Files that are the same for everyone; the only endpoint without an audience of its own.
OPEN_ENDPOINTS = frozenset({"static"})
# Leaving must always work, even from a page whose form has grown old.
ALWAYS_WORKS = ("pages.quick_exit",)
STATIC_SECONDS = 31536000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init(app: Flask) -> None:
    """Wire the guard, the headers and the error pages. Blueprints must be registered already."""
    csrf = CSRFProtect(app)
    for endpoint in ALWAYS_WORKS:
        csrf.exempt(app.view_functions[endpoint])
    app.before_request(_guard)
    app.after_request(_headers)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    # In place of Flask-WTF's strict Referer: our pages send none, for the safety of who reads them.
    if request.method not in SAFE_METHODS and request.endpoint not in ALWAYS_WORKS and _is_from_elsewhere():
        raise Forbidden("foreign-form")
    rule = getattr(current_app.view_functions.get(request.endpoint), "access", None)
    actor = edge.actor()
    if allowed(actor, rule):
        return None
    if identity.is_unknown():
        raise Resting
    if actor is None and request.method == "GET":
        return redirect(url_for("accounts.sign_in"), code=303)
    if isinstance(actor, StaffActor):
        raise Forbidden("not-your-duty")
    raise NotFound


def _is_from_elsewhere() -> bool:
    origin, fetch_site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    return is_foreign(origin, fetch_site, host=request.host, public_url=house().settings.public_url)


def _headers(response: Response) -> Response:
    settings = house().settings
    exit_origin = "{0.scheme}://{0.netloc}".format(urlsplit(settings.exit_url))
    sockets = f"{'wss' if request.is_secure else 'ws'}://{request.host}"
    response.headers["Content-Security-Policy"] = (
        # Browsers check where a form's answer redirects to, so Quick exit's target is named. Old Safari does not
        # count a WebSocket to the same host as 'self'.
        f"default-src 'self'; connect-src 'self' {sockets}; form-action 'self' {exit_origin}; "
        "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    if not settings.is_demo:
        response.headers["Strict-Transport-Security"] = f"max-age={STATIC_SECONDS}"
    if request.endpoint in OPEN_ENDPOINTS:
        # Addresses made by `asset` change with the file; modules that import each other are asked for again.
        named = "v" in request.args and response.status_code == 200
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable" if named else "no-cache"
        pack(request, response)
    else:
        # Back after Quick exit or on a shared computer must show nothing.
        response.headers["Cache-Control"] = "no-store"
    return response


def _domain_error(error: DomainError) -> ResponseReturnValue:
    return _page(error.status, f"problem-{error.code}", **error.data)


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, "problem-old-form")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    known = {404: "problem-not-found", 403: "problem-closed-to-you", 405: "problem-not-found", 413: "problem-too-big"}
    return _page(code, known.get(code, "problem-bad-request" if code < 500 else "problem-broken"))


def _broken(error: Exception) -> ResponseReturnValue:
    """What nobody foresaw. With the database unwell it is no one page's fault, and a minute may help."""
    g.request_id = secrets.token_hex(4)
    # The type and the place, never the words: an exception's message may quote what a person wrote.
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "unknown"
    log.error("request %s failed: %s at %s", g.request_id, type(error).__name__, where)
    return _page(503, "problem-resting") if isinstance(error, TROUBLE) else _page(500, "problem-broken")


def _page(status: int, text_id: str, **data: str | int) -> ResponseReturnValue:
    actor = edge.actor()
    page = edge.render(
        "pages/error.html",
        home=navigation.home(actor) if actor is not None else "",
        code=status,
        title=edge.t(f"{text_id}-title") if _has_title(text_id) else edge.t("problem-title"),
        text=edge.t(text_id, **data),
        request_id=g.get("request_id", ""),
    )
    return page, status


def _has_title(text_id: str) -> bool:
    return text_id in {"problem-not-found", "problem-broken", "problem-closed-to-you", "problem-resting"}
