"""Sources, evidence, verdicts and the way of a claim."""
