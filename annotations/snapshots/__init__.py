"""What was received of the outside at one time: fetched or uploaded, kept whole, sealed, and never changed again."""
