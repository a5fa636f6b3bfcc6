"""People, rooms and clients for tests, made with the real services where a rule exists."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from community import clock, ids
from community.accounts import handles, passphrases
from community.accounts.lasting import Lasting
from community.accounts.models import RIGHTS_VERSION, Account, Agency, HeldDuty, Organisation
from community.accounts.queries import actor_by_token
from community.accounts.service import start_session
from community.actors import AnyActor
from community.factory import Wired
from community.rooms.models import Room
from moderation.core.duties import Duty

PASSPHRASE = "four plain words here"
_FOREVER = Lasting(idle=timedelta(days=3650), longest=timedelta(days=3650))


@dataclass
class Someone:
    """One person in a test: their account, a browser, and (when asked for) a socket."""

    account: Account
    token: str
    http: FlaskClient
    people: People

    @property
    def id(self) -> str:
        return self.account.public_id

    @property
    def name(self) -> str:
        return self.account.handle

    @property
    def actor(self) -> AnyActor:
        with self.people.house.database.reading() as session:
            found = actor_by_token(session, self.token, now=clock.now(), lasting=_FOREVER)
        assert found is not None
        return found

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Post a form with a CSRF token, as a page of ours would."""
        return self.http.post(path, data={"csrf_token": csrf(self.http), **fields})

    def socket(self) -> Any:
        """A connected Socket.IO client with this person's cookie."""
        return self.people.wired.socketio.test_client(self.people.wired.app, flask_test_client=self.http)


class People:
    """Makes what a test needs in one house."""

    def __init__(self, wired: Wired) -> None:
        self.wired = wired
        self.house = wired.house
        self._numbers = itertools.count(1)
        self._hash = wired.house.passphrases.hash(PASSPHRASE)

    def member(
        self, name: str = "", *, band: str = "16-17", days: int = 60, rights: bool = True, **more: Any
    ) -> Someone:
        """A youth who joined `days` ago."""
        number = next(self._numbers)
        agency = self.agency()
        return self._someone(
            Account(
                kind="member",
                handle=name or f"member-{'abcdefghijklmnop'[number % 16]}{number}x",
                agency_id=agency.id,
                band=band,
                rights_version=RIGHTS_VERSION if rights else None,
                created_at=clock.now() - timedelta(days=days),
                **more,
            )
        )

    def staff(self, *duties: Duty, name: str = "", **more: Any) -> Someone:
        """A staff member with these duties."""
        account = Account(
            kind="staff",
            handle=name or f"Staff {'ABCDEFGHIJ'[next(self._numbers) % 10]}{next(self._numbers)}",
            agency_id=self.agency().id,
            totp_secret=passphrases.new_totp_secret(),
            created_at=clock.now() - timedelta(days=400),
            **more,
        )
        made = self._someone(account)
        with self.house.database.writing() as session:
            session.add_all(HeldDuty(account_id=made.account.id, duty=duty.value) for duty in duties)
        return made

    def moderator(self, **more: Any) -> Someone:
        """Staff who read, decide and limit."""
        return self.staff(Duty.CASE_READ, Duty.CASE_DECIDE, Duty.CASE_LIMIT, **more)

    def provider(self, organisation: str = "Cedar Street", *, verified: bool = True, name: str = "") -> Someone:
        """Someone of an organisation, verified or not."""
        with self.house.database.writing() as session:
            row = session.scalar(select(Organisation).where(Organisation.name == organisation))
            if row is None:
                row = Organisation(
                    name=organisation,
                    proof_seen=verified,
                    supervisor_called=verified,
                    background_attested=verified,
                    code_signed=verified,
                    trained=verified,
                    verified_until=clock.now() + timedelta(days=300) if verified else None,
                )
                session.add(row)
        return self._someone(
            Account(
                kind="provider",
                handle=name or f"Provider {'ABCDEFGHIJ'[next(self._numbers) % 10]}{next(self._numbers)}",
                organisation_id=row.id,
                totp_secret=passphrases.new_totp_secret(),
                created_at=clock.now() - timedelta(days=100),
            )
        )

    def agency(self) -> Agency:
        """The one agency of the test."""
        with self.house.database.writing() as session:
            found = session.scalar(select(Agency).where(Agency.name == "Test Program"))
            if found is None:
                found = Agency(name="Test Program")
                session.add(found)
        return found

    def room(self, slug: str = "talk", *, band: str = "16-17", is_open: bool = True) -> Room:
        """A room of a band."""
        row = Room(
            slug=slug, band=band, name_en="Just talking", name_es="Solo conversar", about_en="", about_es="",
            is_open=is_open, revision=0,
        )  # fmt: skip
        with self.house.database.writing() as session:
            session.add(row)
        return row

    def visitor(self) -> FlaskClient:
        """A browser nobody is signed in on."""
        return self.wired.app.test_client()

    def sign_in(self, account: Account, *, shared: bool = False, now: datetime | None = None) -> Someone:
        """Another device of someone."""
        with self.house.database.writing() as session:
            token = start_session(session, session.merge(account), shared_device=shared, now=now or clock.now())
        client = self.wired.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return Someone(account, token, client, self)

    def _someone(self, account: Account) -> Someone:
        account.public_id = ids.public_id("p")
        account.handle_key = handles.key(account.handle)
        account.passphrase_hash = self._hash
        account.language = account.language or "en"
        with self.house.database.writing() as session:
            session.add(account)
        return self.sign_in(account)


def csrf(client: FlaskClient) -> str:
    """A CSRF token for this browser, read from a page as a browser would."""
    page = client.get("/help").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None, "no form with a token on the page"
    return found.group(1)
