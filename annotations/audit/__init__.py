"""The append-only log that every stage writes to."""
