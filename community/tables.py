"""Every table of the house, gathered for migrations and for tests that make a fresh database."""

from __future__ import annotations

import community.accounts.models
import community.resources.models
import community.rooms.models
import community.safety.models
import moderation.store
from community.db import Base

# Importing them is what registers their tables; named here so that nobody tidies the imports away.
SOURCES = (
    community.accounts.models,
    community.resources.models,
    community.rooms.models,
    community.safety.models,
    moderation.store,
)

metadata = Base.metadata
