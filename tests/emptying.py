"""Emptying every table after a test that committed."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder


def empty_tables() -> None:
    """Delete all rows but those that migrating made, past the triggers that protect them.

    For a few rows it takes a fiftieth of what TRUNCATE does, and whoever still reads is not in the way. The role has to
    be a superuser, as it is on the servers of the tests.
    """
    kept = {MigrationRecorder.Migration._meta.db_table, ContentType._meta.db_table, Permission._meta.db_table}
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in kept]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {connection.ops.quote_name(name)}" for name in tables))
