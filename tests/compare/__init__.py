"""Ours beside other systems: same cases, same splits, same way of choosing where to cut (docs/comparison.md)."""
