"""Moderation's own tables: cases, flags, evidence, decisions, observations, audit. References to people are opaque."""

from moderation.store import audit, cases, decisions, evidence, observations, running
from moderation.store.base import Base

__all__ = ["Base", "audit", "cases", "decisions", "evidence", "observations", "running"]
