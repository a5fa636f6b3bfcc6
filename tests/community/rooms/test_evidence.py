"""What moderation may ask of rooms by reference: a number no message can have names nothing, and breaks nothing."""

from __future__ import annotations

import pytest

from moderation.core.effects import Release
from moderation.core.model import Kind, Ref
from tests.factories import People


@pytest.mark.parametrize("number", ["²", "٣", "9" * 26, "9" * 5000, "-1", "1.0", " 1", ""])
def test_a_number_no_message_can_have_names_nothing(people: People, number: str) -> None:
    people.room()
    sent = {"room": "talk", "client_id": "c", "text": "hello"}
    people.member().socket().emit("message:send", sent, callback=True)
    host, ref = people.house.runtime.host, Ref(Kind.MESSAGE, number)
    with people.house.database.writing() as session:
        assert host.context(session, ref, before=1, after=1) == []
        assert len(host.context(session, Ref(Kind.MESSAGE, "1"), before=1, after=1)) == 1
        assert host.context(session, Ref(Kind.LISTING, "1"), before=1, after=1) == []
        for other in (ref, Ref(Kind.LISTING, "1")):
            with pytest.raises(LookupError):
                host.apply(session, Release(other), by="p_staff")
