"""`import_release DIR PROJECT`: a release that was made elsewhere, as it is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.errors import WorkbenchError
from annotations.management.people import manager_of
from annotations.releases.restoring import restore_release


class Command(BaseCommand):
    """Verifies the folder first; takes it in whole or not at all."""

    help = "Take in the folder of an exported release, so that it can be read, cited and exported here as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, the project, and who takes it in."""
        parser.add_argument("directory", type=Path, help="the folder that holds the release's files")
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--user", help="who takes it in; without it the project's first manager")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it in, and say what it is."""
        actor = manager_of(options["project"], options["user"])
        try:
            release = restore_release(actor, slug=options["project"], folder=options["directory"])
        except WorkbenchError as error:
            raise CommandError(error.detail) from None
        except OSError as error:
            raise CommandError(f"{options['directory']} cannot be read: {error.strerror}.") from None
        self.stdout.write(f"Took in release {release.number}, {release.public_id}: {release.title}")
