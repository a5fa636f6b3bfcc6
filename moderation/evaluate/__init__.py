"""Recorded talks replayed through the very code that screens live chat, and what came of it counted."""
