"""Management commands of the running product."""
