"""`restore FILE`: a backup into an empty database; kept only if everything holds."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.management.backups.archive import Broken
from annotations.management.backups.restoring import Refused, restore


class Command(BaseCommand):
    """Everything or nothing."""

    help = "Load a backup into an empty database. The copy is verified first; if anything is wrong, nothing is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", type=Path, help="a file that backup has written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what is there now."""
        path: Path = options["file"]
        try:
            manifest = restore(path, sys.stderr)
        except (Broken, Refused) as error:
            raise CommandError(f"Nothing was restored.\n{error}") from None
        except OSError as error:
            raise CommandError(f"Nothing was restored: {error.strerror}: {error.filename or path}.") from None
        rows = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            f"{rows:,} rows and {len(manifest['files']):,} stored files of {manifest['made_at']} are back, and hold."
        )
