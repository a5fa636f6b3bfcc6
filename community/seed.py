"""The demo community, made through the same services people use; and the benchmark's members."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from community import clock, ids
from community.accounts import demo as demo_people
from community.accounts import handles, passphrases
from community.accounts.models import BANDS, RIGHTS_VERSION, Account, Agency, DeviceSession, HeldDuty, Organisation
from community.accounts.service import start_session
from community.resources import seed as resources
from community.rooms.admission import Parcel, SendMessage
from community.rooms.models import Room
from community.rooms.posting import post
from community.talk import CASES, HISTORY, ROOMS, Line
from community.web.house import House

VERIFIED_FOR = timedelta(days=365)
NEWCOMER_DAYS = 2
SETTLED_DAYS = 40
# Demo people who joined two days ago; everyone else has been here a while.
NEWCOMERS = frozenset({"fern-signal", "slow-tuesday", "quiet-harbor"})


def is_empty(house: House) -> bool:
    """True if nobody is here yet."""
    with house.database.reading() as session:
        return session.scalar(select(Account.id).limit(1)) is None


def national_lines(house: House) -> int:
    """Put in the national lines this board lacks, in production too. Returns how many were added."""
    with house.database.writing() as session:
        return resources.seed_lines(session, now=clock.now())


def demo(house: House) -> None:
    """Fill an empty database with the demo community, through the same services that people use."""
    now = clock.now()
    hashed = house.passphrases.hash(demo_people.PASSPHRASE)
    with house.database.writing() as session:
        people = _people(session, hashed, now)
        _rooms(session)
    for talk in (HISTORY, *CASES):
        _say(house, people, talk, now)
    with house.database.writing() as session:
        resources.seed(
            session,
            organisations={row.name: row for row in session.scalars(select(Organisation))},
            author_by_org={p.organisation: people[p.name] for p in demo_people.PEOPLE if p.organisation},
            reviewers=[people["Sr. Ortiz"], people["Avery"]],
            now=now,
            rulebook=house.runtime.rulebook,
        )


def welcome(house: House) -> Iterable[str]:
    """What `make run` prints: the address, and who to sign in as in a demo."""
    settings = house.settings
    yield ""
    yield f"  Haven is at  http://{settings.host}:{settings.port}/"
    if house.runtime.adviser.state().status == "not-installed":
        yield "  toxicity adviser: not installed (everything else works; `make model` installs it)"
    if settings.is_demo:
        yield ""
        yield f"  Demo people; the passphrase of each is: {demo_people.PASSPHRASE}"
        for person in demo_people.PEOPLE:
            where = "/sign-in" if person.kind == "member" else "/staff/sign-in"
            what = person.band or ", ".join(person.duties) or person.organisation
            yield f"    {person.name:<18} {person.kind:<9} {where:<15} {what}"
        yield "  The staff sign-in page shows the six-digit codes, because this is a demo."
    yield ""


def benchmark(house: House, *, members: int, rooms: int, now: datetime) -> list[tuple[str, str]]:
    """Members spread evenly over rooms, each signed in. Returns (cookie token, room slug) for each."""
    with house.database.writing() as session:
        agency = Agency(name="Benchmark")
        session.add(agency)
        slugs = [f"bench-{number}" for number in range(rooms)]
        for slug in slugs:
            session.add(_room(slug, "16-17", slug, slug))
        session.flush()
        tokens = []
        for number in range(members):
            member = _member(f"bench {number:04d}", f"bench{number:04d}", "16-17", agency, "-", now)
            session.add(member)
            session.flush()
            token = start_session(session, member, shared_device=False, now=now)
            tokens.append((token, slugs[number % rooms]))
    return tokens


def _people(session: Session, hashed: str, now: datetime) -> dict[str, Account]:
    agency = Agency(name="Riverton Youth Program")
    session.add(agency)
    session.flush()
    people: dict[str, Account] = {}
    for person in demo_people.PEOPLE:
        joined = now - timedelta(days=NEWCOMER_DAYS if person.name in NEWCOMERS else SETTLED_DAYS)
        if person.kind == "member":
            account = _member(person.name, handles.key(person.name), person.band, agency, hashed, joined)
        else:
            organisation = _verified(session, person.organisation, now) if person.organisation else None
            account = Account(
                public_id=ids.public_id("p"),
                kind=person.kind,
                handle=person.name,
                handle_key=handles.key(person.name),
                passphrase_hash=hashed,
                language="en",
                created_at=joined,
                agency_id=agency.id if organisation is None else None,
                organisation_id=organisation.id if organisation else None,
                totp_secret=passphrases.new_totp_secret(),
            )
        session.add(account)
        session.flush()
        session.add_all(HeldDuty(account_id=account.id, duty=duty.value) for duty in person.duties)
        people[person.name] = account
    return people


def _member(name: str, key: str, band: str, agency: Agency, hashed: str, joined: datetime) -> Account:
    return Account(
        public_id=ids.public_id("p"),
        kind="member",
        handle=name,
        handle_key=key,
        passphrase_hash=hashed,
        language="en",
        created_at=joined,
        agency_id=agency.id,
        band=band,
        rights_version=RIGHTS_VERSION,
    )


def _verified(session: Session, name: str, now: datetime) -> Organisation:
    organisation = Organisation(
        name=name,
        proof_seen=True,
        supervisor_called=True,
        background_attested=True,
        code_signed=True,
        trained=True,
        verified_until=now + VERIFIED_FOR,
    )
    session.add(organisation)
    session.flush()
    return organisation


def _rooms(session: Session) -> None:
    for band in BANDS:
        for slug, (name_en, name_es), (about_en, about_es) in ROOMS:
            row = _room(f"{slug}-{band}", band, name_en, name_es)
            row.about_en, row.about_es = about_en, about_es
            session.add(row)


def _room(slug: str, band: str, name_en: str, name_es: str) -> Room:
    return Room(
        slug=slug, band=band, name_en=name_en, name_es=name_es, about_en="", about_es="", is_open=True, revision=0
    )


def _say(house: House, people: dict[str, Account], talk: tuple[Line, ...], now: datetime) -> None:
    """Post lines in the past, oldest first, exactly as if each person had written them then."""
    for line in talk:
        at = now - timedelta(minutes=line.minutes_ago)
        author = people[line.name]
        with house.database.writing() as session:
            # A device session for just this line; it is ended again, so nobody stays signed in.
            device = DeviceSession(
                account_id=author.id,
                token_digest=ids.digest(secrets.token_hex()),
                shared_device=False,
                started_at=at,
                seen_at=at,
            )
            session.add(device)
            session.flush()
            room = f"{line.room}-{author.band or line.band}"
            command = SendMessage(room=room, client_id=secrets.token_hex(8), text=line.text)
            post(session, house.runtime, [Parcel(device.id, command)], now=at, lasting=house.lasting)
            device.ended_at = at
