"""The training round: claims with a known answer and the reason, labelled before the real work."""
