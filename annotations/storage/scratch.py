"""Folders for drafts, on the disk of the machine, and what writes to that disk for good."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

PIECE = 1024 * 1024  # bytes read at once


class Stored(NamedTuple):
    """The name of an object (lower-case hexadecimal SHA-256) and its size in bytes."""

    sha256: str
    size: int


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


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk of the objects for as long as the block runs.

    Its holder keeps a lock on it that the kernel takes back when the holder dies; folders nobody holds are swept here.
    """
    root = Path(settings.STORAGE_ROOT) / "scratch"
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
