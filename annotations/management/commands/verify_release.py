"""`verify_release DIR`: whether the files of a release are whole and unchanged. Needs no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.releases.formats import FILES
from annotations.releases.verifying import examine, report


class Command(BaseCommand):
    """Says a line for each file; exit code 1 on any problem."""

    help = "Check every hash of an exported release, its id, and that every claim stands in its text."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and what it has to hold."""
        parser.add_argument("directory", type=Path, help="the folder that holds the release's files")
        parser.add_argument(
            "--format", choices=sorted(FILES), help="what export_release --format left out is not missed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found."""
        only = FILES[options["format"]] if options["format"] else None
        found = examine(options["directory"], only)
        for line in report(found):
            self.stdout.write(line)
        problems = sum(map(len, found.values()))
        if problems:
            raise CommandError(f"{options['directory']} does not hold: {problems} problem{'s' * (problems > 1)}.")
        self.stdout.write(f"{options['directory']} holds: {len(found)} files.")
