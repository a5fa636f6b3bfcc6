"""Screening, cases, evidence and the review desk. Knows nothing of the community it serves."""
