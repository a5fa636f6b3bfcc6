"""The tables of the board: kinds of posts, needs people look for, filters, costs. Pure data; a new row is a new one.

Texts are `kind-<key>`, `need-<key>`, `filter-<key>` and `cost-<key>` in `board.ftl`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Kind:
    """What a post is. An `offer` (a job, a place to live, travel) is how people get recruited: it needs more care."""

    key: str
    icon: str
    offer: bool = False
    by_providers: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """What someone looks for. Looking for it finds everything tagged with one of `covers`."""

    key: str
    icon: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """One box to tick. It keeps listings whose `column` holds `value`; without a column it is answered by the clock."""

    key: str
    column: str
    value: str | bool


LINE = "line"

KINDS = {
    kind.key: kind
    for kind in (
        Kind("center", "people"),
        Kind("shelter", "bed", offer=True),
        Kind("housing", "key", offer=True),
        Kind("food", "food"),
        Kind("health", "health"),
        Kind("papers", "id"),
        Kind("safety", "shield"),
        Kind("school", "rules"),
        Kind("work", "work", offer=True),
        Kind("travel", "next", offer=True),
        Kind(LINE, "phone", by_providers=False),
    )
}

# The six a visitor sees as tiles, in their order (look.md, wireframe of the board).
TILES = {
    need.key: need
    for need in (
        Need("bed", "bed", ("bed", "housing")),
        Need("food", "food", ("food",)),
        Need("health", "health", ("health", "feelings")),
        Need("papers", "id", ("papers",)),
        Need("safety", "shield", ("safety", "abuse", "trafficking")),
        Need("work", "work", ("work", "school", "money")),
    )
}
# What a post can be tagged with. The rest of the line needs are for the national lines.
TAGS = ("bed", "housing", "food", "health", "feelings", "papers", "safety", "work", "school", "money", "travel")
LINE_NEEDS = (*TAGS, "crisis", "abuse", "trafficking", "relationships", "lgbtq")
# Looking for one of these puts people to talk to before places.
URGENT = frozenset({"crisis", "abuse", "trafficking", "relationships"})

OPEN_NOW = "open-now"
FILTERS = {
    item.key: item
    for item in (
        Filter("no-id", "id_needed", value=False),
        Filter(OPEN_NOW, "", value=True),
        Filter("lgbtq", "lgbtq_welcome", value=True),
        Filter("parents", "parents_welcome", value=True),
        Filter("pets", "pets_welcome", value=True),
        Filter("spanish", "languages", value="es"),
        Filter("free", "cost", value="free"),
        Filter("accessible", "accessible", value=True),
    )
}

COSTS = ("free", "low", "paid")
LANGUAGES = ("en", "es", "fr", "ht", "pt", "vi", "zh", "ar", "so", "asl")
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)

# youth-community.md, statement 20: lines are checked again every 90 days, the rest every 180; hidden after a year.
CHECK_LINES = timedelta(days=90)
CHECK_PLACES = timedelta(days=180)
HIDE_AFTER = timedelta(days=365)
