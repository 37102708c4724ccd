"""Copies the files of a published release into a folder: all of them, or nothing."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from annotations import storage
from annotations.errors import WrongState
from annotations.releases.formats.catalogue import OF_TEXTS
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.queries import files_of


class Damaged(Exception):
    """What is stored is no longer what was stored."""


def export(release: Release, directory: Path, *, names: Iterable[str] | None = None) -> list[ReleaseFile]:
    """Write the release's files (of these names) to `directory`, which appears whole or not at all.

    409 where the folder is there and not empty, or the release has no file of a name; Damaged where a stored file has
    other bytes than it should; OSError where it cannot be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise WrongState(f"{directory} is there already and is not an empty folder. Name another.")
    wanted = None if names is None else set(names)
    files = [file for file in files_of(release) if wanted is None or file.name in wanted]
    if missing := sorted((wanted or set()) - {file.name for file in files}):
        why = "without texts" if missing[0] in OF_TEXTS else "while the project had no public pages"
        raise WrongState(f"Release {release.number} has no {missing[0]}. It was made {why}.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        for file in files:
            _copy(file, draft / file.name)
        draft.chmod(0o755)
        storage.flush_folder(draft)
        draft.rename(directory)
        storage.flush_folder(directory.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return files


def _copy(file: ReleaseFile, place: Path) -> None:
    digest = hashlib.sha256()
    try:
        with storage.open(file.sha256) as stored, place.open("xb") as out:
            for piece in storage.pieces(stored):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except FileNotFoundError:
        raise Damaged(f"The stored copy of {file.name} is missing ({file.sha256}). Restore it from a backup.") from None
    if digest.hexdigest() != file.sha256:
        raise Damaged(f"The stored copy of {file.name} is damaged ({file.sha256}). Restore it from a backup.")
