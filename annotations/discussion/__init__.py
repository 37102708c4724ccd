"""Talking about a claim whose labelling has closed."""
