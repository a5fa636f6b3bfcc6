"""What screening is told of the people a message is written to: who they are and where they stand, however long ago."""

from __future__ import annotations

import pytest

from community import clock
from community.rooms import screening
from community.rooms.screening import RECENT_LINES
from moderation.core.model import Context, Draft, Running, Verdict
from moderation.core.rules import Rulebook
from moderation.store import running
from tests.community.rooms.test_posting import parcel, posted
from tests.factories import People

STOOD = 3.0


@pytest.mark.parametrize("way", ["an answer", "half a name"])
def test_whoever_is_written_to_is_known_and_where_they_stand(
    people: People, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    people.room()
    blue, other, writer = people.member("blue-harbor"), people.member(), people.member()
    (first,), _ = posted(people, parcel(blue, "hi"))
    assert first.message is not None
    lines = RECENT_LINES + 1 if way == "an answer" else 1
    posted(people, *(parcel(other, "haha same", client_id=f"o-{number}") for number in range(lines)))
    with people.house.database.writing() as session:
        running.keep(session, {blue.id: Running(STOOD, 0.0, clock.now())})
    seen: list[tuple[Draft, Context]] = []
    real = screening.moderation.screen

    def watched(rulebook: Rulebook, draft: Draft, context: Context) -> Verdict:
        seen.append((draft, context))
        return real(rulebook, draft, context)

    monkeypatch.setattr(screening.moderation, "screen", watched)
    if way == "an answer":
        posted(people, parcel(writer, "ok then", reply_to=first.message["id"]))
    else:
        posted(people, parcel(writer, "hey blue ok then"))
    ((draft, context),) = seen
    assert draft.to == (blue.id,)
    assert context.people[blue.id].band == "16-17"
    assert context.running[blue.id].says == pytest.approx(STOOD, abs=0.01)
