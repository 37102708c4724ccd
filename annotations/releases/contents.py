"""What a published release holds, read from its own files: those never change, while claims go on.

Files are kept in memory by their SHA-256 once read.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from annotations import storage
from annotations.releases.formats.native import records
from annotations.releases.models import Release
from annotations.releases.verifying import MANIFEST, NATIVE

REMEMBERED = 32  # files of each kind
TOLD = 50
CHANGES = "changes.jsonl"


@dataclass(frozen=True)
class Contents:
    """The claims of a release, and how many have each settled label ("" for none)."""

    claims: frozenset[UUID] = frozenset()
    labels: Mapping[str, int] = field(default_factory=dict)


def contents(release: Release) -> Contents:
    """What the release's native form holds."""
    return _contents(_named(release, NATIVE))


def manifest(release: Release) -> Mapping[str, Any]:
    """The release's manifest."""
    found: Mapping[str, Any] = _manifest(_named(release, MANIFEST))
    return found


def changes(release: Release) -> tuple[Mapping[str, Any], ...]:
    """The first `TOLD` lines of what differs from the release before, without claims that were only added."""
    found: tuple[Mapping[str, Any], ...] = _changes(_named(release, CHANGES))
    return found


def _named(release: Release, name: str) -> str:
    """The SHA-256 of a file of the release; empty for one that it does not have."""
    return next((file.sha256 for file in release.files.all() if file.name == name), "")


@lru_cache(maxsize=REMEMBERED)
def _contents(sha256: str) -> Contents:
    with storage.open(sha256) as lines:
        claims = [(UUID(each["id"]), each["label"]["value"]) for each in records(lines) if each.get("type") == "claim"]
    return Contents(frozenset(key for key, _ in claims), Counter(label or "" for _, label in claims))


@lru_cache(maxsize=REMEMBERED)
def _manifest(sha256: str) -> Any:
    with storage.open(sha256) as file:
        return orjson.loads(file.read())


@lru_cache(maxsize=REMEMBERED)
def _changes(sha256: str) -> Any:
    if not sha256:
        return ()
    with storage.open(sha256) as lines:
        return tuple(islice((each for each in records(lines) if each["change"] != "added"), TOLD))
