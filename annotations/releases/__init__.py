"""Frozen claim sets."""
