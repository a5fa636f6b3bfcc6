"""Tests, laid out as the code they test; `flows` and `browser` tell whole stories."""
