"""What other tools made, brought in: their files read, looked at first, then stored."""
