from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

TABLE = "django_session"


@pytest.fixture
def without_sessions(transactional_db: None) -> Iterator[None]:
    """A database before one migration that has deferred statements."""
    call_command("migrate", "sessions", "zero", stdout=StringIO())
    yield
    call_command("migrate", "sessions", stdout=StringIO())


@pytest.mark.usefixtures("without_sessions")
def test_a_migrate_killed_before_its_record_leaves_no_table_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(MigrationRecorder, "record_applied", killed)
        call_command("migrate", "sessions", stdout=StringIO())
    assert TABLE not in connection.introspection.table_names()
    call_command("migrate", "sessions", stdout=StringIO())
    assert TABLE in connection.introspection.table_names()
