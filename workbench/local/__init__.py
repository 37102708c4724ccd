"""One command: embedded PostgreSQL and Valkey in a home directory, and the whole product supervised there."""

from workbench.local.commands import prepared

__all__ = ["prepared"]
