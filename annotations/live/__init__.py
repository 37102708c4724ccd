"""What happened, read back to browsers."""
