"""What pages and endpoints share: problems, pages of results, idempotency."""
