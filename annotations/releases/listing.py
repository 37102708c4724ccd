"""Where each claim of a release stands in its native form, so that one is read without the others."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from annotations import storage
from annotations.releases.formats.native import Told, told_claims
from annotations.releases.models import Release, ReleasedClaim
from annotations.releases.verifying import NATIVE

COPY = "COPY annotations_releasedclaim (release_id, claim, article_at, at, size) FROM STDIN"


class Place(NamedTuple):
    """Where a claim's records begin, how long they are, and where its article's record begins, in bytes."""

    claim: UUID
    article_at: int
    at: int
    size: int


def places(path: Path) -> Iterator[Place]:
    """The claims of a native form, in its order."""
    at = article_at = 0
    begun: tuple[UUID, int] | None = None
    with path.open("rb") as lines:
        for line in lines:
            kind = orjson.loads(line)["type"]
            if begun and kind in ("claim", "article"):
                yield Place(begun[0], article_at, begun[1], at - begun[1])
                begun = None
            if kind == "article":
                article_at = at
            elif kind == "claim":
                begun = (UUID(orjson.loads(line)["id"]), at)
            at += len(line)
    if begun:
        yield Place(begun[0], article_at, begun[1], at - begun[1])


def list_claims(release: Release, path: Path) -> None:
    """Keep where the claims of a release stand, whose native form lies there."""
    with connection.cursor() as cursor, cursor.copy(COPY) as rows:
        for place in places(path):
            rows.write_row((release.pk, *place))


def told(release: Release, rows: list[ReleasedClaim]) -> Iterator[Told]:
    """What the release's native form tells of these claims of it."""
    sha256 = next(file.sha256 for file in release.files.all() if file.name == NATIVE)
    article: tuple[int, bytes] = (0, b"")
    with storage.open(sha256) as file:
        header = file.readline()
        for row in rows:
            if row.article_at != article[0]:
                file.seek(row.article_at)
                article = (row.article_at, file.readline())
            file.seek(row.at)
            yield from told_claims([header, article[1], *file.read(row.size).splitlines()])
