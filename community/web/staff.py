"""The signed-in staff member as the desk wants them."""

from __future__ import annotations

from community.actors import StaffActor
from community.web import edge
from moderation.ports import Staff


def current_staff() -> Staff:
    """Who is at the desk. Raises NotFound when nobody of the staff is."""
    actor = edge.the(StaffActor)
    return Staff(id=actor.public_id, name=actor.name, duties=actor.duties, language=actor.language)
