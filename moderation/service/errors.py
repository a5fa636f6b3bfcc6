"""What the service refuses, each with a kebab-case `code` the desk has words for. Data only: no sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from moderation.core.duties import Duty
from moderation.core.model import Ref


class Refused(Exception):
    """Something staff asked for was not done, and nothing was changed."""

    code: ClassVar[str] = "refused"

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data: Mapping[str, Any] = data


class NoSuchCase(Refused, LookupError):
    """No case, line or decision has this id."""

    code = "no-such-case"


class NotAllowed(Refused):
    """The staff member does not hold the duty."""

    code = "not-allowed"

    def __init__(self, duty: Duty) -> None:
        super().__init__(duty=duty.value)
        self.duty = duty


class ClaimTaken(Refused):
    """Someone else has the case until a time."""

    code = "claim-taken"

    def __init__(self, holder: str, until: datetime) -> None:
        super().__init__(holder=holder, until=until)
        self.holder = holder
        self.until = until


class CaseClosed(Refused):
    """The case was decided and closed."""

    code = "case-closed"


class StaleCase(Refused):
    """The case moved on after the version the person saw. `changes` are the kinds of events since, oldest first."""

    code = "stale-case"

    def __init__(self, changes: Sequence[str], version: int) -> None:
        super().__init__(changes=tuple(changes), version=version)
        self.changes = tuple(changes)
        self.version = version


class BadField(Refused):
    """One field of a decision or note is missing or wrong: `field` names it, `problem` says how (kebab-case)."""

    code = "bad-field"

    def __init__(self, field: str, problem: str = "missing") -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class LinesUndecided(Refused):
    """A case cannot be closed while these contents have no outcome: nothing is swept away."""

    code = "lines-undecided"

    def __init__(self, refs: Sequence[Ref]) -> None:
        super().__init__(refs=tuple(refs))
        self.refs = tuple(refs)


class SubjectGone(Refused):
    """A content or person the decision names is gone: taken back, or no longer here. `ref` is the content, if any."""

    code = "subject-gone"

    def __init__(self, ref: Ref | None) -> None:
        super().__init__(ref=ref)
        self.ref = ref


class CannotUndo(Refused):
    """The decision was undone already, or a newer one stands on it."""

    code = "cannot-undo"
