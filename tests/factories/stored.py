"""Where stored objects lie in these tests: in a folder."""

from pathlib import Path

from django.conf import settings

from annotations import storage
from annotations.storage.folder import place


def path_of(sha256: str) -> Path:
    """The file of an object."""
    return Path(settings.STORAGE_ROOT) / place(sha256)


def paths() -> list[Path]:
    """The files of all objects."""
    return [path_of(name) for name in storage.names()]
