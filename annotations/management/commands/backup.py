"""`backup FILE`: every row and every stored file, in one file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.management.backups.archive import Broken
from annotations.management.backups.saving import back_up


class Command(BaseCommand):
    """Writes the file whole or not at all; an older one of the same name stays until then."""

    help = (
        "Write all rows and stored files of one moment to FILE (a gzipped tar). It holds password hashes: keep it safe."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, help="the file to write; one that is there is replaced at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, and say what the file holds."""
        path: Path = options["file"]
        try:
            manifest = back_up(path, sys.stderr)
        except Broken as error:
            raise CommandError(f"No backup was made: {error}") from None
        except OSError as error:
            raise CommandError(f"No backup was made: {error.strerror}: {error.filename or path}.") from None
        rows = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            f"{path}: {rows:,} rows of {len(manifest['tables'])} tables, {len(manifest['files']):,} stored files."
        )
        self.stdout.write(
            f"Left out: {', '.join(manifest['left_out'])} (sessions, answers to repeated writes, sign-ins)."
        )
