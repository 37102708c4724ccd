"""The file of a backup: a gzipped tar, ended by a seal over every byte before it. No Django.

`tar xzf` reads it: the seal is a gzip member of its own, behind the end of the tar, and holds the SHA-256 of all that
goes before. So one changed byte anywhere is found before anything of the file is believed.
"""

import gzip
import hashlib
import io
import os
import struct
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

PIECE = 1024 * 1024  # bytes read at once
LEVEL = 6
SEAL_SIZE = 10 + 5 + 65 + 8  # gzip's header, a stored block's header, the digest and a line end, gzip's trailer


class Broken(Exception):
    """The file is no backup, or not what was once written; the message is a sentence for a person."""


class Readable(Protocol):
    """What a member's bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` more bytes, none at the end."""


class Archive:
    """A backup while it is written, member by member."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, content: Readable, size: int) -> None:
        """A member of `size` bytes read from `content`."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, content)

    def add_bytes(self, name: str, content: bytes) -> None:
        """A member that is in memory."""
        self.add(name, io.BytesIO(content), len(content))


@contextmanager
def written(path: Path) -> Iterator[Archive]:
    """A new backup at `path`, which appears, or takes the place of an older one, when the block has ended well."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            sealing = _Digesting(file)
            with (
                gzip.GzipFile("", "wb", LEVEL, sealing, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Archive(tar)
            file.write(seal(sealing.digest.hexdigest()))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


def check_seal(path: Path, advance: Callable[[int], None]) -> None:
    """Read the whole file; Broken where any byte is not what was written. `advance` hears of the bytes read."""
    left, digest = path.stat().st_size - SEAL_SIZE, hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(max(0, min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
            advance(len(piece))
        if left or file.read() != seal(digest.hexdigest()):
            raise Broken(f"{path} is damaged, or no backup: its bytes are not those that were sealed.")


@contextmanager
def members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members in order, each a name and an open file that is good until the next; check the seal first."""
    with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        yield ((member.name, file) for member in tar if (file := tar.extractfile(member)))


def seal(digest: str) -> bytes:
    """The last bytes of a backup: a gzip member (RFC 1952) of one stored block, byte for byte the same everywhere."""
    content = f"{digest}\n".encode()
    size = len(content)
    return (
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
        + struct.pack("<BHH", 1, size, size ^ 0xFFFF)
        + content
        + struct.pack("<II", zlib.crc32(content), size)
    )


class _Digesting(io.RawIOBase):
    """A file that keeps the SHA-256 of everything written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # gzip writes bytes, nothing wider
        self.digest.update(content)
        return self.file.write(content)
