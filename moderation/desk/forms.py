"""From the decision form to a `Decision`. Pure: names in, values out; the service checks what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from moderation.core.model import Kind, Ref
from moderation.service import CareNote, Decision

LONGEST_NUMBER = 9  # digits: any number that long fits an INTEGER of every database
_CONTENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_decision(form: Mapping[str, str]) -> Decision:
    """Fields: version, guideline, confidence, reason, told, `line-<kind:id>` (release, remove), `all-held` (the same
    for each line whose own choice is empty), `care-<person>` with `note-<person>`, `break-<person>` with hours, and
    `keep-open`. What can't be read is left for the service to refuse.
    """
    same = form.get("all-held", "")
    lines = {read_ref(name[5:]): value or same for name, value in form.items() if name.startswith("line-")}
    care = [name.removeprefix("care-") for name in form if name.startswith("care-")]
    breaks = [(name.removeprefix("break-"), value) for name, value in form.items() if name.startswith("break-")]
    return Decision(
        version=read_number(form.get("version", "")),
        guideline=form.get("guideline", ""),
        confidence=form.get("confidence", ""),
        reason=form.get("reason", ""),
        told=form.get("told", ""),
        release=tuple(ref for ref, value in lines.items() if value == "release" and ref is not None),
        remove=tuple(ref for ref, value in lines.items() if value == "remove" and ref is not None),
        care=tuple(CareNote(person, form.get(f"note-{person}", "")) for person in care),
        restrict=tuple((person, hours) for person, typed in breaks if (hours := read_number(typed))),
        close=not form.get("keep-open"),
    )


def read_number(typed: str) -> int:
    """A number as typed; 0 for anything else. One too long to be a row's, a version's or hours becomes a large one."""
    return int(typed.lstrip("0")[:LONGEST_NUMBER] or 0) if typed.isdecimal() else 0


def read_ref(typed: str) -> Ref | None:
    """A content named as "kind:id"; None for anything else."""
    kind, _, content_id = typed.partition(":")
    return Ref(Kind(kind), content_id) if kind in set(Kind) and _CONTENT_ID.fullmatch(content_id) else None
