"""Backups: rows and stored files in one file, and back again."""
