"""Telling people of what concerns them."""
