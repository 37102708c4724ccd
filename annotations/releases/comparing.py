"""Reads the release before beside the one that is being frozen, claim by claim, in the one order both are in."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Exists, OuterRef, QuerySet

from annotations import storage
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.releases.changes import compared, corrections, withdrawn_record
from annotations.releases.models import Release
from annotations.releases.queries import TEXT_ORDER
from annotations.releases.records import Record, Row
from annotations.releases.verifying import NATIVE
from annotations.verification.turns import VERBS

ROWS_AT_ONCE = 1000
WITHDRAWN = ("id", "article_id", "status")


class Before:
    """The release before, as far as it can be compared: it was made here, and where its claims stand is known."""

    def __init__(self, project_id: int, parent: Release | None, claims: QuerySet[Claim, Any]) -> None:
        self.parent = parent if parent and not parent.imported_at and parent.claims.exists() else None
        self.events = _events(project_id)
        still = Exists(claims.filter(pk=OuterRef("claim")))
        rows = self.parent.claims.filter(still).order_by("at") if self.parent else None
        self._rows = rows.values_list("claim", "at").iterator(chunk_size=ROWS_AT_ONCE) if rows is not None else iter(())
        self._next = next(self._rows, None)
        self._file = storage.open(_native(self.parent)) if self.parent else None
        self._gone = self.parent.claims.filter(~still) if self.parent else None

    def close(self) -> None:
        """Let the file of the release before go."""
        if self._file:
            self._file.close()

    def withdrawn(self) -> Iterator[Record]:
        """The claims that the release before had and this one has not."""
        if self._gone is None:
            return
        rows = Claim.objects.filter(pk__in=self._gone.values("claim")).order_by(*TEXT_ORDER)
        for row in rows.values(*WITHDRAWN).iterator(chunk_size=ROWS_AT_ONCE):
            yield withdrawn_record(row, self.events.get(row["id"], []))

    def told(self, claim: Record) -> Record:
        """The claim's record with what has changed since; `change` is null where nothing can be compared."""
        done: Record = {"corrections": corrections(self.events.get(claim["id"], []))}
        if self._file is None:
            return {**claim, **done, "change": None, "changed": []}
        return {**claim, **done, **compared(self._of(claim["id"]), claim)}

    def _of(self, claim_id: UUID) -> Record | None:
        if self._next is None or self._next[0] != claim_id or self._file is None:
            return None
        self._file.seek(self._next[1])
        self._next = next(self._rows, None)
        record: Record = orjson.loads(self._file.readline())
        return record


def _native(release: Release) -> str:
    return release.files.get(name=NATIVE).sha256


def _events(project_id: int) -> dict[UUID, list[Row]]:
    """What befell the project's verified claims, oldest first."""
    found: dict[UUID, list[Row]] = {}
    rows = Event.objects.filter(project=project_id, verb__in=VERBS, claim_id__isnull=False).order_by("at", "id")
    for row in rows.values("claim_id", "verb", "at", "data"):
        if row["claim_id"]:
            found.setdefault(row["claim_id"], []).append(row)
    return found
