"""What screening remembers of each author: one row a signal. What can still count is read back in one statement.

Rows that no longer change a verdict (`moderation/core/remembering.py`) are marked `spent` when a newer one is stored:
the desk still counts them, posting never reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Float,
    Index,
    Select,
    String,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from moderation.core.model import Kind, Observation, Ref
from moderation.core.relations import FAN_OUT, FIRST_DAY, MEMORY, NEED, NEED_LASTS, REPORTED
from moderation.core.remembering import NEWEST
from moderation.store.base import Base, BigId, UtcDateTime

# Moments in which a signal went to others that a reach of FAN_OUT can hang on: one may be the reader's own, one be now.
MOMENTS = FAN_OUT + 1


class ObservationRow(Base):
    """One signal one author showed, towards whom (nobody: an open call), when, in which content."""

    __tablename__ = "mod_observation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    author_ref: Mapped[str] = mapped_column(String(64))
    target_ref: Mapped[str | None] = mapped_column(String(64))
    signal: Mapped[str] = mapped_column(String(64))
    confidence: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ref_kind: Mapped[str | None] = mapped_column(String(24))
    ref_id: Mapped[str | None] = mapped_column(String(64))
    spent: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        CheckConstraint("(ref_kind IS NULL) = (ref_id IS NULL)", name="ref_whole"),
        CheckConstraint("confidence >= 0 AND confidence <= 1", name="confidence_range"),
        Index(None, "author_ref", "spent", "signal", "at", "target_ref"),
        Index(None, "author_ref", "spent", "target_ref", "signal", "at"),
    )


# The table itself, not the mapped class, and built once: history is read for every message, and building the statement
# and passing rows through the mapper cost more than SQLite's search.
_TABLE = ObservationRow.metadata.tables[ObservationRow.__tablename__]
_ROWS = _TABLE.c
_KEY = (_ROWS.author_ref, _ROWS.target_ref, _ROWS.signal)
_ALIVE = not_(_ROWS.spent)
_BY_AUTHOR = _ROWS.author_ref.in_(bindparam("authors", expanding=True))
_TO_NOBODY = _ROWS.target_ref.is_(None)


def _reached() -> list[Select[int]]:
    """Ids of rows that tell how many an author reached today by each signal.

    Of each signal the last moments at which somebody got it who did not get it again since, and two rows of a moment:
    the reader may be one of them, and does not count as reached before. Found step by step down an index: of a person
    who writes to thousands a window over all rows took 80 ms.
    """
    today, later = _TABLE.alias("today").c, _TABLE.alias("later").c
    after = (later.at > today.at) | ((later.at == today.at) & (later.id > today.id))
    same = (later.author_ref == today.author_ref, later.target_ref == today.target_ref, later.signal == today.signal)
    to_someone, lately = (not_(today.spent), today.target_ref.is_not(None)), today.at >= bindparam("day")
    last = (*to_someone, ~exists().where(*same, not_(later.spent), after))
    shown = (
        select(today.author_ref, today.signal)
        .where(today.author_ref.in_(bindparam("authors", expanding=True)), *to_someone, lately)
        .distinct()
        .cte("shown")
    )
    of_shown = (today.author_ref == shown.c.author_ref, today.signal == shown.c.signal)
    newest = select(func.max(today.at)).where(*of_shown, *to_someone, lately).scalar_subquery().label("at")
    first = select(shown.c.author_ref, shown.c.signal, newest, literal(1).label("number")).cte("steps", recursive=True)
    of_first = (today.author_ref == first.c.author_ref, today.signal == first.c.signal)
    before = select(today.at).where(*of_first, *last, lately, today.at < first.c.at).order_by(today.at.desc()).limit(1)
    further = select(first.c.author_ref, first.c.signal, before.scalar_subquery(), first.c.number + 1)
    step = first.union_all(further.where(first.c.number < MOMENTS, first.c.at.is_not(None)))
    of_step = (today.author_ref == step.c.author_ref, today.signal == step.c.signal, today.at == step.c.at)
    one_of = (select(end(today.id)).where(*of_step, *last).scalar_subquery() for end in (func.min, func.max))
    return [select(one.label("id")).select_from(step) for one in one_of]


def _that_count() -> Select[str, str | None, str, float, datetime, str | None, str | None]:
    readers: BindParameter[str] = bindparam("readers", expanding=True)
    told = (_ROWS.author_ref.in_(readers), _TO_NOBODY, _ROWS.signal == NEED, _ALIVE, _ROWS.at >= bindparam("needy"))
    ids = union_all(
        select(_ROWS.id).where(_BY_AUTHOR, _ROWS.target_ref.in_(readers), _ALIVE),
        select(_ROWS.id).where(_BY_AUTHOR, _TO_NOBODY, _ALIVE),
        select(_ROWS.id).where(*told),
        *_reached(),
    )
    wanted = (*_KEY, _ROWS.confidence, _ROWS.at, _ROWS.ref_kind, _ROWS.ref_id)
    # The time is asked here: asked above, SQLite takes the index by time and goes through all an author ever showed.
    return select(*wanted).where(_ROWS.id.in_(ids), _ROWS.at >= bindparam("start")).order_by(_ROWS.at, _ROWS.id)


def _outlived() -> Update:
    """Marks rows of given keys that a newer one, as sure, makes needless: `remembering.alive`, said in SQL."""
    of_keys = (_BY_AUTHOR, _ROWS.signal.in_(bindparam("signals", expanding=True)), _ALIVE)
    wanted = (_ROWS.id, *_KEY, _ROWS.confidence, _ROWS.at)
    rows = union_all(
        select(*wanted).where(*of_keys, _ROWS.target_ref.in_(bindparam("targets", expanding=True))),
        select(*wanted).where(*of_keys, _TO_NOBODY),
    ).subquery()
    key = (rows.c.author_ref, rows.c.target_ref, rows.c.signal)
    newest_first = (rows.c.at.desc(), rows.c.id.desc())
    number = func.row_number().over(partition_by=key, order_by=newest_first).label("number")
    surest = func.max(rows.c.confidence).over(partition_by=key, order_by=newest_first, rows=(None, -1)).label("surest")
    seen = select(rows.c.id, rows.c.confidence, number, surest).subquery()
    old = select(seen.c.id).where(seen.c.number > NEWEST, seen.c.surest >= seen.c.confidence)
    return update(_TABLE).where(_ROWS.id.in_(old)).values(spent=True)


_THAT_COUNT, _OUTLIVED = _that_count(), _outlived()
_KINDS = {kind.value: kind for kind in Kind}


def that_count(
    session: Session, speaking: Mapping[str, Collection[str]], now: datetime
) -> dict[str, list[Observation]]:
    """What can count when each author in `speaking` speaks to the people it names, oldest first; one statement.

    Of an author: everything alive toward those people and toward nobody, and to whom else signals went today. Of those
    people: that they told of a need. Everyone who is named has a list.
    """
    readers = {reader for readers in speaking.values() for reader in readers}
    found: dict[str, list[Observation]] = {person: [] for person in (*speaking, *sorted(readers))}
    if not speaking:
        return found
    rows = session.execute(
        _THAT_COUNT,
        {
            "authors": list(speaking),
            "readers": list(readers),
            "start": now - MEMORY,
            "needy": now - NEED_LASTS,
            "day": now - FIRST_DAY,
        },
    )
    for author, target, signal, confidence, at, kind, ref_id in rows:
        ref = Ref(_KINDS[kind], ref_id) if kind is not None and ref_id is not None else None
        found[author].append(Observation(author, target, signal, confidence, at, ref))
    return found


def forget(session: Session, before: datetime, limit: int) -> int:
    """Erase up to `limit` of the oldest observations made before a moment; returns how many went."""
    oldest = session.execute(select(ObservationRow.id, ObservationRow.at).order_by(ObservationRow.id).limit(limit))
    old = [row.id for row in oldest if row.at < before]
    session.execute(delete(ObservationRow).where(ObservationRow.id.in_(old)))
    return len(old)


def let_go(session: Session, author: str, refs: Collection[Ref]) -> list[int]:
    """What `author` showed in these contents counts no more: a person read them and found nothing. One statement.

    That somebody told of a need or spoke against the author stays: it was not the contents that said it. Returns which
    memories counted until now, so that they can be brought back.
    """
    numbers: dict[Kind, list[str]] = {}
    for ref in refs:
        numbers.setdefault(ref.kind, []).append(ref.id)
    in_them = or_(false(), *(and_(_ROWS.ref_kind == kind, _ROWS.ref_id.in_(ids)) for kind, ids in numbers.items()))
    theirs = (_ROWS.author_ref == author, _ROWS.signal.not_in((NEED, REPORTED)))
    counted = update(_TABLE).where(*theirs, in_them, _ALIVE).values(spent=True).returning(_ROWS.id)
    return sorted(session.scalars(counted))


def bring_back(session: Session, author: str, ids: Collection[int], before: datetime) -> None:
    """These memories of `author` from before a moment count again, but for what has outlived them since."""
    if not ids:
        return
    theirs = (_ROWS.id.in_(ids), _ROWS.author_ref == author, _ROWS.at <= before)
    back = update(_TABLE).where(*theirs).values(spent=False).returning(_ROWS.target_ref, _ROWS.signal)
    keys = session.execute(back).all()
    targets = {target for target, _ in keys if target is not None}
    signals = {signal for _, signal in keys}
    session.execute(_OUTLIVED, {"authors": [author], "targets": list(targets), "signals": list(signals)})


def add(session: Session, observations: Sequence[Observation]) -> None:
    """Store observations in one INSERT and mark those they outlive in one UPDATE; none for none."""
    if not observations:
        return
    session.execute(
        insert(ObservationRow.__table__),  # type: ignore[arg-type]
        [
            {
                "author_ref": seen.author_id,
                "target_ref": seen.target_id,
                "signal": seen.signal,
                "confidence": seen.confidence,
                "at": seen.at,
                "ref_kind": seen.ref.kind.value if seen.ref else None,
                "ref_id": seen.ref.id if seen.ref else None,
            }
            for seen in observations
        ],
    )
    session.execute(
        _OUTLIVED,
        {
            "authors": list({seen.author_id for seen in observations}),
            "targets": list({seen.target_id for seen in observations if seen.target_id is not None}),
            "signals": list({seen.signal for seen in observations}),
        },
    )
