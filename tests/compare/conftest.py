"""Small talks for the harness: no encoder, no other system."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from moderation.evaluate.cases import Case, case_from

Make = Callable[..., Case]


@pytest.fixture
def talk() -> Make:
    """A case of `lines` ("A: words"), with any field of a case file."""

    def make(name: str, *lines: str, **fields: object) -> Case:
        pairs = [line.split(": ", 1) for line in lines]
        messages = [{"from": author, "t": n, "text": text} for n, (author, text) in enumerate(pairs)]
        writer = f"writer{int(name[1:]) % 3}" if name[1:].isdigit() else ""
        return case_from({"id": name, "messages": messages, "lang": "en", **fields}, name, file=writer)

    return make


@pytest.fixture
def small(talk: Make) -> list[Case]:
    """Two dozen talks that a bag of words can tell apart, each with its twin, and half a dozen of people in danger."""
    found = []
    people = {"participants": {"A": {"role": "youth"}, "B": {"role": "youth"}}}
    for n in range(12):
        concern = {"from": "A", "to": "B"}
        risky = {"family": "grooming", "tier": "P1", "concern": concern, "harm_onset": 3, **people}
        signals = [{"n": 1, "id": "secrecy_request"}, {"n": 3, "id": "sextortion_threat"}]
        found.append(talk(f"r{n}", f"A: keep this secret {n}", "B: why", "A: secret", **risky, signals=signals))
        twin = {"family": "twin", "twin_of": f"r{n}", **people}
        found.append(talk(f"t{n}", f"A: see you at club {n}", "B: fine", "A: bye", **twin))
    danger = {"family": "crisis", "signals": [{"n": 1, "id": "self_harm_crisis"}], **people}
    return [*found, *(talk(f"c{n}", "B: grey sky now", **danger) for n in range(6))]
