"""The chat path costs statements by rooms and batches, never by messages, and stays whole when a part is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from community import clock
from community.actors import MemberActor
from community.rooms.admission import Parcel, SendMessage
from community.rooms.posting import Outcome, post
from moderation import service as moderation
from tests.factories import People, Someone
from tests.statements import counted

RISKY = "send the money by tonight or i show everyone your picture"


def parcel(
    person: Someone, text: str, *, room: str = "talk", client_id: str = "c", reply_to: int | None = None
) -> Parcel:
    actor = person.actor
    assert isinstance(actor, MemberActor)
    return Parcel(actor.session_id, SendMessage(room, client_id, text, reply_to))


def posted(people: People, *parcels: Parcel) -> tuple[list[Outcome], list[str]]:
    """The outcomes of one batch, and the statements it took."""
    with counted(people.house.database.engine) as statements, people.house.database.writing() as session:
        outcomes = post(session, people.house.runtime, parcels, now=clock.now(), lasting=people.house.lasting)
    return outcomes, list(statements)


@pytest.mark.parametrize("messages", [1, 5, 40])
def test_a_batch_takes_the_same_statements_whatever_its_size(people: People, messages: int) -> None:
    people.room()
    writers = [people.member() for _ in range(messages)]
    outcomes, statements = posted(people, *(parcel(one, "haha same") for one in writers))
    assert {outcome.state for outcome in outcomes} == {"published"}
    # BEGIN; who, room, repeats; lines, memory, standing; revision, message; blocks; audit head, row, head again
    assert len(statements) <= 13, statements


@pytest.mark.sqlite("its query plans; PostgreSQL's depend on how full a table is")
@pytest.mark.parametrize("messages", [1, 2, 5])
def test_no_statement_of_a_batch_reads_a_table_through(people: People, messages: int) -> None:
    people.room()
    writers = [people.member() for _ in range(messages)]
    (first, *_), _ = posted(people, *(parcel(one, "hi") for one in writers))
    assert first.message is not None
    asked: list[tuple[str, tuple[object, ...]]] = []
    engine = people.house.database.engine

    def note(_connection: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    reply = first.message["id"]
    posted(people, *(parcel(one, "add me on snap", client_id="c-2", reply_to=reply) for one in writers))
    event.remove(engine, "before_cursor_execute", note)
    tables = ("message", "mod_observation", "mod_tie", "mod_running", "account", "device_session", "today", "later")
    with engine.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith(("SELECT", "WITH", "UPDATE")):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps = [row.detail for row in plan]
                assert not [one for one in steps for table in tables if f"{one} ".startswith(f"SCAN {table} ")], (
                    statement
                )


@pytest.mark.parametrize("history", [0, 300])
def test_a_message_costs_the_same_however_long_the_history(people: People, history: int) -> None:
    people.room()
    ana, ben = people.member(), people.member()
    for number in range(history // 20):
        posted(
            people, *(parcel(one, "before", client_id=f"h-{number}") for one in [people.member() for _ in range(20)])
        )
    (first,), _ = posted(people, parcel(ana, "hi"))
    assert first.message is not None
    _, statements = posted(people, parcel(ben, "hey", reply_to=first.message["id"]))
    # an answer takes two more: what it answers, and who must not see that; and one where words stand, when they moved;
    # who answered whom is read, and written once a sitting
    assert len(statements) <= 18, statements
    _, again = posted(people, parcel(ben, "hey again", client_id="c-2", reply_to=first.message["id"]))
    assert len([one for one in statements if "mod_tie" in one]) == 2
    assert len([one for one in again if "mod_tie" in one]) == 1


def test_ties_cost_one_look_a_batch_and_none_where_nobody_is_here_for_long(people: People) -> None:
    people.room()
    for days, looks in ((20, 0), (60, 1)):
        writers = [people.member(days=days) for _ in range(9)]
        posted(people, *(parcel(one, "hi") for one in writers))
        _, statements = posted(people, *(parcel(one, "hello", client_id="c-2") for one in writers))
        assert len([one for one in statements if "mod_tie" in one]) == looks


def test_an_answer_the_room_never_saw_makes_no_tie(people: People) -> None:
    people.room()
    ana = people.member()
    (first,), _ = posted(people, parcel(ana, "hi"))
    assert first.message is not None
    for number, (text, state, ways) in enumerate(((RISKY, "held", 0), ("hey", "published", 1))):
        other = people.member()
        (outcome,), _ = posted(people, parcel(other, text, client_id=f"c-{number}", reply_to=first.message["id"]))
        assert outcome.state == state
        with people.house.database.reading() as session:
            assert len(moderation.load_ties(session, [(other.id, ana.id), (ana.id, other.id)])) == ways


def test_a_held_message_costs_more_but_not_by_the_length_of_the_room(people: People) -> None:
    people.room()
    counts = []
    for round_ in range(2):
        for number in range(3 + 15 * round_):
            posted(people, parcel(people.member(), "hello", client_id=f"{round_}-{number}"))
        outcomes, statements = posted(people, parcel(people.member(), RISKY))
        assert outcomes[0].state == "held"
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_refusal_does_not_undo_its_neighbours(people: People) -> None:
    people.room()
    ana, ben, held = people.member(), people.member(), people.member()
    outcomes, _ = posted(
        people, parcel(ana, "one"), parcel(ben, "two", room="nowhere"), parcel(held, RISKY), parcel(ben, "ok")
    )
    assert [outcome.state for outcome in outcomes] == ["published", "refused", "held", "published"]


def test_what_raises_half_way_stores_nothing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.room()
    ana = people.member()

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("community.rooms.posting.announce", broken)
    with pytest.raises(RuntimeError):
        posted(people, parcel(ana, "hi"))
    monkeypatch.undo()
    with Session(people.house.database.engine) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM message").scalar() == 0
    assert posted(people, parcel(ana, "hi"))[0][0].state == "published"


def test_an_open_case_costs_its_own_author_one_statement_and_everybody_else_none(people: People) -> None:
    people.room()
    ana, ben, cem = (people.member() for _ in range(3))
    posted(people, parcel(ana, "hi"))

    def cost(who: Someone, client_id: str) -> list[str]:
        # an @ asks whom it may mean, and holds the count steady whoever spoke last
        (outcome,), statements = posted(people, parcel(who, "@Nobody hey", client_id=client_id))
        assert outcome.state == "published"
        # how words sound is kept in a row of its own, written where they sound like anything
        return [one.split("WHERE")[0] for one in statements if "mod_running" not in one]

    before = cost(ben, "c-1"), cost(cem, "c-1")
    (held,), _ = posted(people, parcel(ben, f"@{ana.name} {RISKY}", client_id="c-2"))
    assert held.state == "held"
    posted(people, parcel(cem, "hello all", client_id="c-3"))
    after = cost(ben, "c-4"), cost(cem, "c-4")
    assert len(after[1]) <= len(before[1])
    assert len([one for one in after[0] if "FROM mod_case JOIN mod_case_person" in one.replace("\n", "")]) == 1
    assert len([one for one in after[1] if "FROM mod_case JOIN" in one.replace("\n", "")]) == 0
