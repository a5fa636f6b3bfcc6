"""Learning the weights of `moderation/rulebook/weights.tsv`. Only whoever trains needs it, and scikit-learn."""
