"""The composition root: settings in, a wired app out. The only module that may import everything; it holds no logic."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from flask import Flask
from flask_socketio import SocketIO
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from community import clock, quiet, retention
from community.accounts import passphrases
from community.accounts.passphrase_views import passphrase
from community.accounts.passphrases import Passphrases
from community.accounts.views import accounts, invites
from community.assets import STATIC, fingerprinted
from community.db import Database
from community.fanout import SocketTransport
from community.host import CommunityHost
from community.limits import Limiter
from community.realtime import Hub
from community.resources.review_views import listings
from community.resources.views import board
from community.richtext import rich
from community.rooms.events import RoomEvents
from community.rooms.reporting import reports
from community.rooms.views import rooms
from community.safety import showing
from community.safety.views import safety, you
from community.web import addresses, edge, health, http, identity
from community.web import origin as origins
from community.web.house import EXTENSION, House
from community.web.pages import pages
from community.web.sockets import Sockets
from community.web.staff import current_staff
from config import Settings
from moderation import desk, rulebook
from moderation.adapters.toxicity import ToxicityAdviser
from moderation.core.model import Tier
from moderation.runtime import Runtime

AsyncMode = Literal["threading", "gevent"]
COOKIE = "haven"
LARGEST_REQUEST = 64 * 1024
LARGEST_EVENT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wired:
    """An app ready to serve: under gunicorn or `socketio.run`, or in a test."""

    app: Flask
    socketio: SocketIO
    house: House


def create_app(settings: Settings, *, async_mode: AsyncMode = "threading") -> Wired:
    """Wire one house. No I/O but reading the rulebook; the first query opens the database."""
    app = Flask("haven", root_path=_root(), template_folder="templates", static_folder="static")
    _configure(app, settings)
    hub = Hub()
    database = Database(settings.database, hub.flush)
    runtime = _runtime(settings, database)
    house = House(
        settings=settings,
        database=database,
        hub=hub,
        limiter=Limiter(settings.send_burst),
        passphrases=Passphrases(
            settings.argon2_memory_kib,
            settings.argon2_passes,
            passphrases.in_a_thread if async_mode == "gevent" else passphrases.at_once,
        ),
        runtime=runtime,
        parts=(health.database, health.rules, health.adviser, retention.part),
    )
    app.extensions[EXTENSION] = house
    identity.init(app)
    room_events = RoomEvents(house)
    app.extensions["haven-rooms"] = room_events
    addresses.init(app)
    for blueprint in (pages, accounts, passphrase, invites, rooms, reports, safety, you, board, listings):
        app.register_blueprint(blueprint)
    app.register_blueprint(desk.blueprint(runtime))
    http.init(app)
    socketio = _socketio(app, async_mode, settings.public_url)
    _trust_proxies(app, settings.proxies)
    room_events.attach(Sockets(socketio, house, room_events.events()))
    hub.transport = SocketTransport(socketio)
    return Wired(app, socketio, house)


def _root() -> str:
    return str(STATIC.parent)


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.secure_cookies or not settings.is_demo
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our pages never send; community/web/origin.py instead
        WTF_CSRF_TIME_LIMIT=None,  # a page left open overnight must still be able to send; the session bounds it
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = fingerprinted()
    app.jinja_env.globals["rich"] = rich
    app.context_processor(edge.page_globals)
    app.context_processor(showing.page_globals)


def _runtime(settings: Settings, database: Database) -> Runtime:
    return Runtime(
        host=CommunityHost(clock.now),
        rulebook=rulebook.shipped(),
        adviser=ToxicityAdviser(
            settings.weights, python=sys.executable, timeout=settings.toxicity_timeout, clock=clock.now
        ),
        reading=database.reading,
        writing=database.writing,
        current_staff=current_staff,
        clock=clock.now,
        lease=timedelta(minutes=settings.lease_minutes),
        deadlines={
            Tier.P0: timedelta(minutes=settings.p0_minutes),
            Tier.P1: timedelta(minutes=settings.p1_minutes),
            Tier.P2: timedelta(minutes=settings.p2_minutes),
        },
    )


def _trust_proxies(app: Flask, proxies: int) -> None:
    # Outermost, so that sockets and pages see the same client; with 0 nothing a client says of itself is believed.
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]


def _socketio(app: Flask, async_mode: AsyncMode, public_url: str) -> SocketIO:
    def is_ours(origin: str, environ: dict[str, Any]) -> bool:
        return origins.is_ours(origin, host=environ.get("HTTP_HOST", ""), public_url=public_url)

    return SocketIO(
        app,
        async_mode=async_mode,  # never left to guess: it would pick whatever happens to be installed
        async_handlers=False,  # events of one socket run in order, in its own greenlet
        manage_session=False,
        max_http_buffer_size=LARGEST_EVENT,
        always_connect=False,
        logger=quiet.logger("socketio.server"),
        engineio_logger=quiet.logger("engineio.server"),
        cors_allowed_origins=is_ours,  # type: ignore[arg-type]  # the stubs do not know that it may be a question
    )
