"""The door to moderation: what the community and the desk may ask, each inside the caller's session."""

from moderation.core.relations import MEMORY
from moderation.fail_closed import screen, works
from moderation.service.acting import claim, count_shown, look, note, reveal, reveal_since, unclaim
from moderation.service.deciding import GUIDELINES, CareNote, Decision, decide, undo
from moderation.service.opening import ask_staff, member_reply, open_case, report
from moderation.service.screening import (
    forget,
    keep_running,
    keep_ties,
    load_guarded,
    load_history,
    load_running,
    load_ties,
    remember,
    spoke_against,
)
from moderation.store.audit import Entry, audit_head, audit_holds, record, record_many, verify_audit
from moderation.store.guarding import is_looked_into

__all__ = [
    "GUIDELINES",
    "MEMORY",
    "CareNote",
    "Decision",
    "Entry",
    "ask_staff",
    "audit_head",
    "audit_holds",
    "claim",
    "count_shown",
    "decide",
    "forget",
    "is_looked_into",
    "keep_running",
    "keep_ties",
    "load_guarded",
    "load_history",
    "load_running",
    "load_ties",
    "look",
    "member_reply",
    "note",
    "open_case",
    "record",
    "record_many",
    "remember",
    "report",
    "reveal",
    "reveal_since",
    "screen",
    "spoke_against",
    "unclaim",
    "undo",
    "verify_audit",
    "works",
]
