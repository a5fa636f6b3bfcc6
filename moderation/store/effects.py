"""Effects as JSON and back, for decisions that must be able to undo themselves. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, assert_never

from moderation.core.effects import Effect, LiftRestriction, OfferCare, Release, Remove, Restrict, Withhold
from moderation.core.model import Kind, Ref


def to_json(effect: Effect) -> dict[str, Any]:
    """A plain dictionary; `kind` names the effect. The words of a care note are left out: the notice has them."""
    match effect:
        case Release(ref=ref):
            return {"kind": "release", **_ref(ref)}
        case Remove(ref=ref, reason=reason, guideline=guideline):
            return {"kind": "remove", **_ref(ref), "reason": reason, "guideline": guideline}
        case Withhold(ref=ref):
            return {"kind": "withhold", **_ref(ref)}
        case Restrict(account_id=person, until=until, reason=reason, guideline=guideline):
            end = until.isoformat()
            return {"kind": "restrict", "person": person, "until": end, "reason": reason, "guideline": guideline}
        case LiftRestriction(account_id=person, until=until):
            return {"kind": "lift-restriction", "person": person, "until": until.isoformat()}
        case OfferCare(account_id=person, case_id=case_id):
            return {"kind": "offer-care", "person": person, "case": case_id}
        case _:
            assert_never(effect)


def from_json(data: dict[str, Any]) -> Effect:
    """The effect again. Raises ValueError for a kind that cannot be carried out from storage."""
    match data["kind"]:
        case "release":
            return Release(Ref(Kind(data["ref_kind"]), data["ref_id"]))
        case "remove":
            ref = Ref(Kind(data["ref_kind"]), data["ref_id"])
            return Remove(ref, reason=data["reason"], guideline=data["guideline"])
        case "withhold":
            return Withhold(Ref(Kind(data["ref_kind"]), data["ref_id"]))
        case "restrict":
            until = datetime.fromisoformat(data["until"])
            return Restrict(data["person"], until=until, reason=data["reason"], guideline=data["guideline"])
        case "lift-restriction":
            return LiftRestriction(data["person"], datetime.fromisoformat(data["until"]))
        case kind:
            raise ValueError(f"an effect of kind {kind} is never stored to be carried out")


def _ref(ref: Ref) -> dict[str, str]:
    return {"ref_kind": ref.kind.value, "ref_id": ref.id}
