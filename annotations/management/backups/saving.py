"""Makes a backup: every row of one moment, and every stored file those rows name."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import orjson
from django.db import connection
from django.utils import timezone

from annotations import storage
from annotations.importing.models import Import
from annotations.management.backups.archive import Archive, Broken, written
from annotations.management.backups.tables import LEFT_OUT, PLAIN_TEXT, Table, copy_out, migrations, tables
from annotations.management.progress import Progress
from annotations.releases.freezing import snapshot
from annotations.releases.models import ReleaseFile
from annotations.snapshots.models import Snapshot

FORMAT = "workbench-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"


def back_up(path: Path, terminal: TextIO) -> dict[str, Any]:
    """Write a backup to `path` and give its manifest. Broken where a stored file is damaged; OSError."""
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as name:
        folder = Path(name)
        with snapshot():
            manifest = _dumped(folder, terminal)
        total = sum(part["size"] for part in [*manifest["tables"], *manifest["files"]])
        with written(path) as archive, Progress(terminal, "Writing", total) as advance:
            archive.add_bytes(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
            for file in manifest["files"]:
                _add_object(archive, file)
                advance(file["size"])
            for table in manifest["tables"]:
                with (folder / table["name"]).open("rb") as rows:
                    archive.add(f"rows/{table['name']}", rows, table["size"])
                advance(table["size"])
    return manifest


def _dumped(folder: Path, terminal: TextIO) -> dict[str, Any]:
    """Write each table to a file of its name; the manifest of what there is at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_TEXT)
    wanted = tables()
    with Progress(terminal, "Reading", len(wanted)) as advance:
        described = []
        for table in wanted:
            described.append(_dump(table, folder / table.name))
            advance(1)
    released = set(ReleaseFile.objects.values_list("sha256", "size"))
    imported = set(Import.objects.values_list("sha256", "size"))
    kept = set(Snapshot.objects.exclude(warc_sha256="").values_list("warc_sha256", "warc_size"))
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": timezone.now(),
        "migrations": migrations(),
        "tables": described,
        "files": [{"sha256": sha256, "size": size} for sha256, size in sorted(released | imported | kept)],
        "left_out": list(LEFT_OUT),
    }


def _dump(table: Table, path: Path) -> dict[str, Any]:
    with path.open("xb") as file:
        content = copy_out(table, file.write)
    return {"name": table.name, "columns": table.columns, **content._asdict()}


def _add_object(archive: Archive, file: dict[str, Any]) -> None:
    sha256, size = file["sha256"], file["size"]
    try:
        with storage.open(sha256) as stored:
            reading = _Reading(stored)
            archive.add(f"files/{sha256}", reading, size)
    except OSError as error:
        raise Broken(f"The stored file {sha256} cannot be read ({error.strerror or error}).") from None
    if reading.digest.hexdigest() != sha256:
        raise Broken(f"The stored file {sha256} is damaged.")


class _Reading:
    """A file that keeps the SHA-256 of everything read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece
