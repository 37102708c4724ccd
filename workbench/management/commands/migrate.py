"""`migrate` as Django has it, but a migration is recorded in the transaction that makes it.

Django records a migration that has deferred statements after its commit. Killed between the two, the tables are there
and the record is not, and no later `migrate` can succeed. A first start may be killed at any moment.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class WholeExecutor(MigrationExecutor):
    """Applies and records each migration in one transaction."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """As Django's, in a transaction around it; a migration that says it has none stays without."""
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with transaction.atomic(self.connection.alias):
            return super().apply_migration(state, migration, fake, fake_initial)


class Command(migrate.Command):
    """Django's command with that executor."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Django's command takes its executor from its module's namespace, and from nowhere else."""
        migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]  # the stubs hide what a module imports
        super().handle(*args, **options)
