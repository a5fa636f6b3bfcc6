"""Outside tools behind small classes of ours: today the toxicity adviser. Nothing here imports the desk."""
