"""Which tables a backup has, in which order, and how their rows are written and read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from annotations.adjudication.models import Decision, SecondLook
from annotations.labelling.models import LabelRevision

# What is worth nothing in another place: sessions and failed sign-ins end with the server, answers to repeated writes
# after a day.
LEFT_OUT = ("sessions.Session", "annotations.IdempotencyKey", "axes.*")
# Tables that migrating fills; a backup brings its own rows of these.
FILLED_BY_MIGRATING = ("django_content_type", "auth_permission")
LOOKING_AT_LABELS = (Decision, SecondLook)  # their triggers read who labelled
# The same rows give the same bytes, whatever the server's or the session's settings.
PLAIN_TEXT = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL client_encoding = 'UTF8'
"""


class Table(NamedTuple):
    """A table with its columns, and the column it is ordered by."""

    name: str
    columns: tuple[str, ...]
    key: str
    key_is_text: bool


class Content(NamedTuple):
    """All rows of a table: their number, and SHA-256 and size (bytes) of their text."""

    rows: int
    sha256: str
    size: int


def tables() -> list[Table]:
    """Every table of a backup, each after those that its rows need."""
    return [_table(model) for model in _sorted(kept_models())]


def kept_models() -> list[type[models.Model]]:
    """The models whose tables a backup has."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not _left_out(model)]


def migrations() -> list[list[str]]:
    """Which migrations the database has had, as pairs of app and name."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def copy_out(table: Table, write: Callable[[bytes], object]) -> Content:
    """Hand the table's rows to `write`, as PostgreSQL's COPY writes them, by key."""
    quote = connection.ops.quote_name
    order = f'{quote(table.key)} COLLATE "C"' if table.key_is_text else quote(table.key)
    select = f"SELECT {_columns(table)} FROM {quote(table.name)} ORDER BY {order}"  # noqa: S608  # names of our models
    rows, digest, size = 0, hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(f"COPY ({select}) TO STDOUT") as copy:
        for block in copy:
            piece = bytes(block)
            rows += piece.count(b"\n")  # a line end inside a value is written as \n
            digest.update(piece)
            size += len(piece)
            write(piece)
    return Content(rows, digest.hexdigest(), size)


def copy_in(table: Table, pieces: Iterable[bytes]) -> None:
    """Add rows as `copy_out` gave them. DatabaseError where they do not fit."""
    statement = f"COPY {connection.ops.quote_name(table.name)} ({_columns(table)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def _columns(table: Table) -> str:
    return ", ".join(map(connection.ops.quote_name, table.columns))


def _table(model: type[models.Model]) -> Table:
    key = model._meta.pk
    columns = tuple(str(field.column) for field in model._meta.local_concrete_fields)
    return Table(model._meta.db_table, columns, str(key.column), isinstance(key, models.CharField))


def _left_out(model: type[models.Model]) -> bool:
    return model._meta.label in LEFT_OUT or f"{model._meta.app_label}.*" in LEFT_OUT


def _sorted(left: list[type[models.Model]]) -> Iterator[type[models.Model]]:
    """The models so that triggers which look at other rows find them; nullable references may point forward."""
    left = sorted(left, key=lambda model: model._meta.db_table)
    while left:
        ready = next(model for model in left if not _needed(model) & (set(left) - {model}))
        left.remove(ready)
        yield ready


def _needed(model: type[models.Model]) -> set[type[models.Model]]:
    fields = model._meta.local_concrete_fields
    needed = {field.related_model for field in fields if isinstance(field, models.ForeignKey) and not field.null}
    return needed | {LabelRevision} if model in LOOKING_AT_LABELS else needed
