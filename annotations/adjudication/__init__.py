"""Disputed claims and their decisions."""
