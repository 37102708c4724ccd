"""What documents say: their text and what they tell of themselves, read in processes with limits."""
