"""People: users, sign-in, one-time links and API tokens."""
