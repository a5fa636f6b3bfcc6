"""What the recorded bytes mean: messages acknowledged and delivered, how late, and whether any was lost."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from tests.bench.frames import decode

EVENT = b'42["room:changes",'


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as it left."""

    room: str
    at: float


@dataclass(slots=True)
class Run:
    """Everything one run recorded, raw."""

    rooms: list[str]
    received: list[list[tuple[float, bytes]]]
    sent: dict[str, Sent] = field(default_factory=dict)
    acks: dict[str, tuple[float, bytes]] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    start: float = 0.0
    end: float = 0.0


@dataclass(slots=True)
class Deliveries:
    """What reached recipients."""

    got: list[set[str]]
    late: list[float] = field(default_factory=list)
    messages: int = 0
    frames: int = 0
    repeated: int = 0


def count_up(run: Run) -> dict[str, Any]:
    """The figures of one run, JSON-ready. Rates and latencies count the measured window; losses count the whole run."""
    span = run.end - run.start
    answers = {cid: json.loads(body)[0] for cid, (_, body) in run.acks.items()}
    states = Counter(str(a.get("state", a.get("error"))) for a in answers.values())
    window = [cid for cid, (at, _) in run.acks.items() if run.start <= at < run.end]
    good = [cid for cid in window if answers[cid].get("ok") and answers[cid]["state"] == "published"]
    deliveries = _deliveries(run)
    published = [cid for cid, a in answers.items() if a.get("ok") and a["state"] == "published"]
    return {
        "acked_per_s": round(len(good) / span, 1),
        "deliveries_per_s": round(deliveries.messages / span, 1),
        "frames_per_s": round(deliveries.frames / span, 1),
        **_percentiles("ack", [run.acks[cid][0] - run.sent[cid].at for cid in good]),
        **_percentiles("delivery", deliveries.late),
        "lost": _lost(run, deliveries.got, published),
        "repeated": deliveries.repeated,
        "unanswered": len(run.sent) - len(run.acks),
        "dropped_clients": len(run.dropped),
        "sent": len(run.sent),
        "answers": dict(states),
    }


def _deliveries(run: Run) -> Deliveries:
    found = Deliveries(got=[set() for _ in run.received])
    known: dict[bytes, tuple[str, ...]] = {}
    for got, chunks in zip(found.got, run.received, strict=True):
        rest = b""
        for at, data in chunks:
            buffer = rest + data
            used = 0
            for used, payload in decode(buffer):  # noqa: B007
                cids = known.get(payload)
                if cids is None:
                    cids = known[payload] = _published(payload)
                if cids:
                    _take(run, found, got, cids, at)
            rest = buffer[used:]
    return found


def _take(run: Run, found: Deliveries, got: set[str], cids: tuple[str, ...], at: float) -> None:
    inside = run.start <= at < run.end
    found.frames += inside
    for cid in cids:
        if cid in got:
            found.repeated += 1
            continue
        got.add(cid)
        if inside and cid in run.sent:
            found.messages += 1
            found.late.append(at - run.sent[cid].at)


def _published(payload: bytes) -> tuple[str, ...]:
    if not payload.startswith(EVENT):
        return ()
    messages = json.loads(payload[2:])[1]["messages"]
    return tuple(m["cid"] for m in messages if m["state"] == "published")


def _lost(run: Run, got: list[set[str]], published: list[str]) -> int:
    """Deliveries that did not happen: (acknowledged message, member of its room) pairs."""
    members: dict[str, list[set[str]]] = {}
    for room, mine in zip(run.rooms, got, strict=True):
        members.setdefault(room, []).append(mine)
    return sum(cid not in mine for cid in published for mine in members[run.sent[cid].room])


def _percentiles(name: str, seconds: list[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {f"{name}_p50_ms": float("nan"), f"{name}_p99_ms": float("nan")}
    cuts = quantiles(seconds, n=100)
    return {f"{name}_p50_ms": round(cuts[49] * 1000, 1), f"{name}_p99_ms": round(cuts[98] * 1000, 1)}
