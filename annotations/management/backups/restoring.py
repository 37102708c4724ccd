"""Brings a backup back into an empty database, and keeps it only if everything holds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TextIO

import orjson
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from annotations import storage
from annotations.accounts.models import User
from annotations.management.backups.archive import Broken, check_seal, members
from annotations.management.backups.checking import problems
from annotations.management.backups.saving import FORMAT, FORMAT_VERSION, MANIFEST
from annotations.management.backups.tables import (
    FILLED_BY_MIGRATING,
    PLAIN_TEXT,
    copy_in,
    kept_models,
    migrations,
    tables,
)
from annotations.management.progress import Progress
from annotations.projects.models import Project

Members = Iterator[tuple[str, IO[bytes]]]
Advance = Callable[[int], None]


class Refused(Exception):
    """The backup cannot be restored here, and nothing was changed; the message has a sentence on each line."""


def restore(path: Path, terminal: TextIO) -> dict[str, Any]:
    """Load a backup into this database and this storage, and give its manifest.

    Broken where the file is not what was written; Refused where the database is in use or of another version, or does
    not hold what it should after loading: its rows are then as they were. OSError where the file cannot be read.
    """
    _refuse_used_database()
    with Progress(terminal, "Checking", path.stat().st_size) as advance:
        check_seal(path, advance)
    with members(path) as contents:
        manifest = _manifest(contents)
        call_command("migrate", verbosity=0)
        _refuse_other_version(manifest)
        total = sum(part["size"] for part in [*manifest["files"], *manifest["tables"]])
        with transaction.atomic(durable=True):
            with Progress(terminal, "Loading", total) as advance:
                _store(manifest, contents, advance)
                _load(contents, advance)
            with Progress(terminal, "Verifying", total) as advance:
                found = list(problems(manifest, advance))
            if found:
                raise Refused("\n".join(found))
    ContentType.objects.clear_cache()
    return manifest


def _refuse_used_database() -> None:
    existing = connection.introspection.table_names()
    for model in (User, Project):
        if model._meta.db_table in existing and model._default_manager.exists():
            raise Refused(f"This database has {model._meta.verbose_name_plural} already. Restore into an empty one.")


def _manifest(contents: Members) -> dict[str, Any]:
    name, file = next(contents)
    manifest: dict[str, Any] = orjson.loads(file.read()) if name == MANIFEST else {}
    if (manifest.get("format"), manifest.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise Broken(f"This is no backup of a form that this version knows ({FORMAT} {FORMAT_VERSION}).")
    return manifest


def _refuse_other_version(manifest: dict[str, Any]) -> None:
    here = migrations()
    if manifest["migrations"] != here:
        missing = [".".join(one) for one in manifest["migrations"] if one not in here]
        more = [".".join(one) for one in here if one not in manifest["migrations"]]
        differing = "; ".join(
            f"{words} {', '.join(names)}" for words, names in (("it has", missing), ("it lacks", more)) if names
        )
        raise Refused(
            f"The backup was made by another version of the workbench ({differing}). Restore it with that version, "
            "then bring it up to date."
        )


def _store(manifest: dict[str, Any], contents: Members, advance: Advance) -> None:
    """Put the stored files in their place. They come first: one that no row names does no harm."""
    for file in manifest["files"]:
        _, content = next(contents)
        stored = storage.put(_pieces(content, advance))
        if stored != (file["sha256"], file["size"]):
            raise Broken(f"The stored file {file['sha256']} is damaged in the backup.")


def _load(contents: Members, advance: Advance) -> None:
    """Add every row, inside the caller's transaction, and see that references hold and new rows get new numbers."""
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (User, Project))
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        _refuse_used_database()
        cursor.execute(PLAIN_TEXT)
        for name in FILLED_BY_MIGRATING:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608  # a name of our own
        for table, (_, content) in zip(tables(), contents, strict=True):
            try:
                copy_in(table, _pieces(content, advance))
            except DatabaseError as error:
                raise Refused(f"The rows of {table.name} do not fit here: {_first_line(error)}") from None
        try:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except DatabaseError as error:
            raise Refused(f"The rows do not fit together: {_first_line(error)}") from None
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _first_line(error: DatabaseError) -> str:
    """What was wrong, without the row: the lines below quote it."""
    return str(error).partition("\n")[0]


def _pieces(file: IO[bytes], advance: Advance) -> Iterator[bytes]:
    while piece := file.read(storage.PIECE):
        advance(len(piece))
        yield piece
