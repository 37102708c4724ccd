"""Spans of articles, and the propositions they state."""
