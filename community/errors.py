"""Refusals with a stable code; the edges turn them into a page, an ack or a status in the person's language."""

from __future__ import annotations


class DomainError(Exception):
    """Something a person asked for cannot be done. `code` names the text `problem-<code>`; `data` fills it."""

    status = 422

    def __init__(self, code: str, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


class NotFound(DomainError, LookupError):
    """No such thing, or not yours: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not-found")


class Forbidden(DomainError):
    """Known to exist, closed to this person now."""

    status = 403


class Resting(DomainError):
    """The house can't look up who is asking just now."""

    status = 503

    def __init__(self) -> None:
        super().__init__("resting")


class TooMany(DomainError):
    """Too many tries; `seconds` says when to try again."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("too-many", seconds=seconds, minutes=max(1, -(-seconds // 60)))
