"""Long work as rows: the row is the truth, the broker only a hint."""
