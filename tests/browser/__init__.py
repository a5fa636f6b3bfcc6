"""Chromium against a real server: the story a stranger would try, and the pages as people see them."""
