"""A flipped bit anywhere is found: in the row, in the text, in the stored file."""

import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.snapshots.models import Snapshot
from tests.factories.stored import path_of, paths
from tests.factories.web import Web, page, reply
from tests.personas import team
from tests.snapshots.conftest import work

pytestmark = pytest.mark.django_db
FLIPS = 40
COLUMNS = [
    field.column
    for field in Snapshot._meta.concrete_fields
    if field.name not in ("id", "project", "state", "draft_sha256")
]


@pytest.fixture
def kept(web: Web) -> list[Snapshot]:
    """Snapshots of several ends."""
    at = team()
    web.pages["/a"] = page("The ministry counted 1,240 cases.", title="Cases")
    web.pages["/b"] = reply("Привет, мир. 🙂".encode(), kind="text/plain; charset=utf-8")
    for path in ("/a", "/b", "/gone"):
        at.ann.api("POST", "projects/desk/sources/", {"url": web.url(path)}, want=201)
    assert work() == 3
    return list(Snapshot.objects.order_by("requested_at"))


def said() -> tuple[str, bool]:
    """What the command says, and whether all is well."""
    out = StringIO()
    try:
        call_command("verify_snapshots", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def test_untouched_all_is_well(kept: list[Snapshot]) -> None:
    assert said() == ("3 snapshots are what was received.\n", True)


def flip_file(kept: list[Snapshot], chance: random.Random) -> str:
    """Flip one bit of a stored file; whose it was."""
    snapshot = chance.choice(kept)
    path = path_of(snapshot.warc_sha256)
    body = bytearray(path.read_bytes())
    place = chance.randrange(len(body))
    body[place] ^= 1 << chance.randrange(8)
    path.write_bytes(body)
    return str(snapshot.pk)


def flip_row(kept: list[Snapshot], chance: random.Random) -> str:
    """Change one column of a row, past every trigger; whose it was."""
    snapshot = chance.choice(kept)
    column = chance.choice([name for name in COLUMNS if value_of(snapshot, name) not in (None, "", [], {})])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        value = value_of(snapshot, column)
        cursor.execute(f"UPDATE annotations_snapshot SET {column} = %s WHERE id = %s", [other(value), snapshot.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    return str(snapshot.pk)


def value_of(snapshot: Snapshot, column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, pg_typeof({column})::text FROM annotations_snapshot WHERE id = %s", [snapshot.pk]
        )
        value, kind = cursor.fetchone()
    return value if kind != "jsonb" else (None if value in (None, "[]") else value)


def other(value: Any) -> Any:
    """A value of the same kind that differs a little."""
    from datetime import date, datetime, timedelta
    from uuid import UUID

    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    if value.startswith(("{", "[")):
        return value.replace("t", "T", 1) if "t" in value else '{"x": 1}'
    return chr(ord(value[0]) ^ 1) + value[1:]


@pytest.mark.parametrize("flip", [flip_file, flip_row])
def test_every_flip_is_named(kept: list[Snapshot], flip: Any) -> None:
    flipped(kept, flip, FLIPS)


@pytest.mark.soak
@pytest.mark.parametrize("flip", [flip_file, flip_row])
def test_every_flip_of_a_thousand_is_named(kept: list[Snapshot], flip: Any) -> None:
    flipped(kept, flip, 500)


def flipped(kept: list[Snapshot], flip: Any, times: int) -> None:
    chance = random.Random(20261123)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for turn in range(times):
        before = {path: path.read_bytes() for path in paths()}
        rows = list(Snapshot.objects.order_by("pk").values())
        name = flip(kept, chance)
        told, well = said()
        assert not well and name in told, (turn, told)
        restore(before, rows)
    assert said()[1]


def restore(files: dict[Path, bytes], rows: list[dict[str, Any]]) -> None:
    for path, body in files.items():
        path.write_bytes(body)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for row in rows:
            Snapshot.objects.filter(pk=row["id"]).update(**{key: row[key] for key in row if key != "id"})
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
