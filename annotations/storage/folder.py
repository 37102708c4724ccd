"""Objects as files of one folder."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotations.storage.scratch import flush_folder

_NAME = re.compile(r"[0-9a-f]{64}")


def place(sha256: str) -> Path:
    """Where an object lies below the root; ValueError for what is no SHA-256."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal.")
    return Path(sha256[:2], sha256[2:4], sha256)


class Folder:
    """A folder of this machine, or one that many machines see."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, draft: Path, sha256: str) -> None:
        """Move a finished draft into its place."""
        path = self.root / place(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(path)
        for parent in (path.parent, path.parent.parent, self.root):
            flush_folder(parent)

    def open(self, sha256: str) -> BinaryIO:
        """The object for reading; FileNotFoundError where there is none."""
        return (self.root / place(sha256)).open("rb")

    def remove(self, sha256: str) -> None:
        """Take an object away, if it is there."""
        (self.root / place(sha256)).unlink(missing_ok=True)

    def exists(self, sha256: str) -> bool:
        """Whether there is such an object."""
        return (self.root / place(sha256)).is_file()

    def names(self) -> Iterator[str]:
        """Every stored object, in order."""
        return (path.name for path in sorted(self.root.glob("??/??/*")) if _NAME.fullmatch(path.name))

    def ready(self) -> bool:
        """Whether a file can be written; OSError where not."""
        with tempfile.TemporaryFile(dir=self.root) as file:
            return file.write(b"\0") == 1
