"""Who may open what: the audience marks of moderation, and the one question the edges ask of them."""

from __future__ import annotations

from community.actors import AnyActor, MemberActor, ProviderActor, StaffActor
from moderation.core.duties import Access, Audience, Duty, access

__all__ = ["Access", "Audience", "Duty", "access", "allowed"]

_KINDS: dict[Audience, type[AnyActor] | tuple[type[AnyActor], ...]] = {
    Audience.MEMBER: MemberActor,
    Audience.PROVIDER: ProviderActor,
    Audience.STAFF: StaffActor,
    Audience.SIGNED_IN: (MemberActor, ProviderActor, StaffActor),
}


def allowed(actor: AnyActor | None, rule: Access | None) -> bool:
    """True if this person may open something marked with `rule`. Nothing marked means nobody."""
    if rule is None:
        return False
    if rule.audience is Audience.PUBLIC:
        return True
    if actor is None or not isinstance(actor, _KINDS[rule.audience]):
        return False
    return rule.duties <= actor.duties
