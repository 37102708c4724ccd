"""Texts with their provenance."""
