"""Who is asking over HTTP: the cookie, Flask-Login, and the actor built from the device session behind them."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from community import clock
from community.accounts import known_device as known_devices
from community.accounts import queries, service
from community.actors import AnyActor
from community.db import TROUBLE
from community.web.house import house

log = logging.getLogger("haven.identity")

LANGUAGE_COOKIE = "lang"
DEVICE_COOKIE = "device"
YEAR = 31536000
# Pages that must not wait for the one writer of the database; and None, the handshake of a socket, which browsers
# repeat by themselves whenever the network comes back.
UNNOTICED = frozenset({"pages.crisis", "pages.quick_exit", None})


class _SignedIn(UserMixin):
    """What Flask-Login carries: the cookie's token, and the actor it stands for."""

    def __init__(self, token: str, actor: AnyActor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """The token; Flask-Login puts it into the signed cookie."""
        return self.token


def init(app: Flask) -> None:
    """Wire Flask-Login to device sessions."""
    manager = LoginManager()
    # Flask-Login's own protection binds a session to the address, which changes on every bus ride.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)


def actor() -> AnyActor | None:
    """Who is asking, or None."""
    return current_user.actor if current_user.is_authenticated else None


def is_unknown() -> bool:
    """True when someone may be signed in and the database could not say who."""
    actor()
    return bool(g.get("identity_failed"))


def sign_in(token: str, *, keep: bool) -> None:
    """Put a device session into the cookie; `keep` lets it outlive the browser window (never on a shared device)."""
    session.clear()
    session.permanent = keep
    person = _load(token)
    if person is None:
        raise TimeoutError("signed in, and then the database was gone")
    login_user(person)


def sign_out() -> None:
    """Empty the cookie. The device session itself is ended by `accounts.service.end_session`."""
    logout_user()
    session.clear()


def told_it_was_ended() -> bool:
    """True once for a browser whose device was signed out from elsewhere; the stale cookie goes with the answer."""
    _ = current_user.is_authenticated  # reads the cookie if nothing has yet
    if not g.get("was_ended"):
        return False
    sign_out()
    return True


def asked_language() -> str | None:
    """The language chosen on this browser without an account."""
    return request.cookies.get(LANGUAGE_COOKIE)


def remember_language(response: Response, language: str) -> Response:
    """Keep a language choice in a cookie that says nothing else."""
    return _keep(response, LANGUAGE_COOKIE, language)


def known_device(handle_key: str) -> str | None:
    """Which device this is, if someone with this name signed in on it before."""
    said = request.cookies.get(DEVICE_COOKIE, "")
    return known_devices.device(house().settings.secret_key, handle_key, said)


def remember_device(response: Response, handle_key: str) -> Response:
    """Let this device count as its person's own at the next sign-in; never on a shared one."""
    return _keep(response, DEVICE_COOKIE, known_devices.mark(house().settings.secret_key, handle_key))


def forget_device(response: Response) -> Response:
    """Leave no mark on this device."""
    response.delete_cookie(DEVICE_COOKIE, samesite="Lax", httponly=True)
    return response


def _keep(response: Response, cookie: str, value: str) -> Response:
    secure = bool(house().settings.secure_cookies or not house().settings.is_demo)
    response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    return response


def _load(token: str) -> _SignedIn | None:
    home, now = house(), clock.now()
    try:
        with home.database.reading() as db:
            found = queries.actor_by_token(db, token, now=now, lasting=home.lasting)
            if found is None:
                g.was_ended = queries.was_ended(db, token)
                return None
    except TROUBLE as error:
        # A visitor, then: Help, Quick exit and the error page must open, and the guard refuses the rest.
        log.error("nobody can be recognised: %s", type(error).__name__)
        g.identity_failed = True
        return None
    if now - found.seen_at > home.lasting.noticed_every and request.endpoint not in UNNOTICED:
        _notice(found, now)
    return _SignedIn(token, found)


def _notice(found: AnyActor, now: datetime) -> None:
    try:
        with house().database.writing() as db:
            service.notice(db, [found.session_id], every=house().lasting.noticed_every, now=now)
    except TROUBLE as error:
        # A page is worth more than knowing when it was asked for: a full disk must not close the house.
        log.error("seen_at was not written: %s", type(error).__name__)
