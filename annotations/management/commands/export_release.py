"""`export_release PROJECT`: the files and the manifest of a published release, in a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.errors import WorkbenchError
from annotations.projects.models import Project
from annotations.releases.exporting import Damaged, export
from annotations.releases.formats import FILES
from annotations.releases.models import Release
from annotations.releases.queries import published_release
from annotations.releases.verifying import MANIFEST


class Command(BaseCommand):
    """Writes the folder whole or not at all."""

    help = "Write the files and the manifest of a published release (the latest, unless --version names another)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser in which --version is the release's: Django's own would print that of Django."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which release, which of its files, and where to."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--version", type=int, metavar="N", help="the release's number")
        parser.add_argument("--format", choices=sorted(FILES), help="only the files of this format, and the manifest")
        parser.add_argument("--output", type=Path, metavar="DIR", help="a new or empty folder; default PROJECT-N")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, and say what was written."""
        release = _release(options["project"], options["version"])
        directory = options["output"] or Path(f"{options['project']}-{release.number}")
        chosen = options["format"]
        names = [MANIFEST, *FILES[chosen]] if chosen else None
        try:
            files = export(release, directory, names=names)
        except (WorkbenchError, Damaged) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{directory} cannot be written: {error.strerror}.") from None
        for file in files:
            self.stdout.write(f"{file.sha256}  {directory / file.name}")
        self.stdout.write(
            f"Wrote release {release.number} of {options['project']}, {release.public_id}, to {directory}."
        )


def _release(slug: str, number: int | None) -> Release:
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise CommandError(f"There is no project {slug}.")
    release = published_release(project, number)
    if release is None and number is None:
        raise CommandError(f"The project {slug} has no release yet.")
    if release is None:
        latest = published_release(project)
        known = f"The latest is {latest.number}." if latest else "It has none yet."
        raise CommandError(f"The project {slug} has no release {number}. {known}")
    return release
