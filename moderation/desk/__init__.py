"""The review desk: the queue, a case, a decision. Pages only; what they may do is in `moderation.service`."""

from moderation.desk.pages import blueprint

__all__ = ["blueprint"]
