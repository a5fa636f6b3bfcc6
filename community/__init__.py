"""The community: people, rooms, listings, notices, and the web edges. May import `moderation`."""
