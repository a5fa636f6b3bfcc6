"""Detoxify's real code, a real worker process, on a tiny checkpoint made here. Run with `make test-model`."""
