"""Who is asking over HTTP: the cookie, Flask-Login, and the actor built from the device session behind them."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import update

from community import clock
from community.accounts import queries
from community.accounts.models import DeviceSession
from community.actors import AnyActor
from community.web.house import house

LANGUAGE_COOKIE = "lang"
_NOTICED_EVERY = timedelta(minutes=1)  # how exact `seen_at` is: one write a minute at most


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


def sign_in(token: str, *, keep: bool) -> None:
    """Put a device session into the cookie; `keep` lets it outlive the browser window (never on a shared device)."""
    session.clear()
    session.permanent = keep
    login_user(_load(token))


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
    secure = bool(house().settings.secure_cookies or not house().settings.is_demo)
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=31536000, samesite="Lax", httponly=True, secure=secure)
    return response


def _load(token: str) -> _SignedIn | None:
    home, now = house(), clock.now()
    idle = timedelta(minutes=home.settings.idle_minutes)
    longest = timedelta(days=home.settings.session_days)
    with home.database.reading() as db:
        found = queries.actor_by_token(db, token, now=now, idle=idle, longest=longest)
        if found is None:
            g.was_ended = queries.was_ended(db, token)
            return None
    if now - found.seen_at > _NOTICED_EVERY:
        with home.database.writing() as db:
            db.execute(update(DeviceSession).where(DeviceSession.id == found.session_id).values(seen_at=now))
    return _SignedIn(token, found)
