"""What keeps one person safe: blocks and mutes, notes from staff and choices, dated breaks, asking to talk."""
