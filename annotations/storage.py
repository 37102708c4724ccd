"""Stored objects: bytes under the name of their SHA-256, below `settings.STORAGE_ROOT`.

An object is there whole or not at all: it is written into a scratch folder, flushed to the disk and renamed into its
place. A writer that is killed leaves only its scratch folder, which the next one sweeps away.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

PIECE = 1024 * 1024  # bytes read at once
_NAME = re.compile(r"[0-9a-f]{64}")


class Stored(NamedTuple):
    """The name of an object (lower-case hexadecimal SHA-256) and its size in bytes."""

    sha256: str
    size: int


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
        place = path(stored.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
        for parent in (place.parent, place.parent.parent, _root()):
            flush_folder(parent)
    return stored


def write(file: Path, content: Iterable[bytes]) -> Stored:
    """Write a new file to the disk; what it would be stored as."""
    digest, size = hashlib.sha256(), 0
    with file.open("xb") as out:
        for piece in content:
            out.write(piece)
            digest.update(piece)
            size += len(piece)
        out.flush()
        os.fsync(out.fileno())
    return Stored(digest.hexdigest(), size)


def open(sha256: str) -> BinaryIO:
    """The object for reading; FileNotFoundError where there is none."""
    return path(sha256).open("rb")


def remove(sha256: str) -> None:
    """Take an object away that nothing names, if it is there."""
    path(sha256).unlink(missing_ok=True)


def exists(sha256: str) -> bool:
    """Whether there is such an object."""
    return path(sha256).is_file()


def objects() -> Iterator[Path]:
    """Every stored object, in the order of their names."""
    return (path for path in sorted(_root().glob("??/??/*")) if _NAME.fullmatch(path.name))


def path(sha256: str) -> Path:
    """Where the object lies, or would lie; ValueError for what is no SHA-256."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal.")
    return _root() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk of the objects for as long as the block runs.

    Its holder keeps a lock on it that the kernel takes back when the holder dies; folders nobody holds are swept here.
    """
    root = _root() / "scratch"
    root.mkdir(parents=True, exist_ok=True)
    with ExitStack() as holding:
        # The lock on the root keeps a folder from being swept in the moment between making and holding it.
        with _held(root):
            _sweep(root)
            folder = Path(tempfile.mkdtemp(dir=root))
            holding.enter_context(_held(folder))
        holding.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """What is left of an open file, a megabyte at a time."""
    while piece := file.read(PIECE):
        yield piece


def flush_folder(folder: Path) -> None:
    """See that names made or changed in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _root() -> Path:
    return Path(settings.STORAGE_ROOT)


@contextmanager
def _held(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def _sweep(root: Path) -> None:
    for folder in root.iterdir():
        # Held by a living writer, or gone since the folder was listed.
        with suppress(BlockingIOError, FileNotFoundError), _held(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(folder, ignore_errors=True)
