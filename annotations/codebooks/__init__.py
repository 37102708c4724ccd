"""Versioned guidelines that labels are made under."""
