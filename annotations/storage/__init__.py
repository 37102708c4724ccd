"""Stored objects: bytes under the name of their SHA-256, in a folder or in a bucket (`STORAGE_URL`).

An object is there whole or not at all: it is written into a scratch folder, flushed to the disk and put into its place.
A writer that is killed leaves only its scratch folder, which the next one sweeps away.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from annotations.storage.bucket import Bucket
from annotations.storage.folder import Folder
from annotations.storage.scratch import PIECE, Stored, flush_folder, pieces, scratch, write

__all__ = [
    "PIECE",
    "Stored",
    "exists",
    "flush_folder",
    "names",
    "open",
    "pieces",
    "put",
    "ready",
    "remove",
    "scratch",
    "write",
]


def put(content: Iterable[bytes] | Path) -> Stored:
    """Store bytes, or a copy of a file; the same bytes again change nothing.

    OSError where they cannot be written: nothing is stored then. Whatever `content` raises goes through.
    """
    if isinstance(content, Path):
        with content.open("rb") as file:
            return put(pieces(file))
    with scratch() as folder:
        draft = folder / "object"
        stored = write(draft, content)
        _store().keep(draft, stored.sha256)
    return stored


def open(sha256: str) -> BinaryIO:
    """The object for reading, to be sought in as well; FileNotFoundError where there is none."""
    return _store().open(sha256)


def remove(sha256: str) -> None:
    """Take an object away that nothing names, if it is there."""
    _store().remove(sha256)


def exists(sha256: str) -> bool:
    """Whether there is such an object."""
    return _store().exists(sha256)


def names() -> Iterator[str]:
    """Every stored object, in order."""
    return _store().names()


def ready() -> bool:
    """Whether objects can be stored now; OSError where not."""
    return _store().ready()


def _store() -> Folder | Bucket:
    return _bucket(settings.STORAGE_BUCKET) if settings.STORAGE_BUCKET else Folder(Path(settings.STORAGE_ROOT))


@lru_cache(maxsize=4)
def _bucket(url: str) -> Bucket:
    return Bucket(url)
