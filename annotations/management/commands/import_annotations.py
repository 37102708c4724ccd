"""`import_annotations PROJECT FILE`: what another annotation tool made, into a project."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations import storage
from annotations.errors import WorkbenchError
from annotations.importing import running, services
from annotations.importing.formats import FORMATS, RELEASE
from annotations.jobs.models import Job
from annotations.jobs.services import take
from annotations.management.people import manager_of


class Command(BaseCommand):
    """Does the work of the job itself, and names every item that was left aside."""

    help = "Bring in what another tool made. Exit code 1 if any item was left aside."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The project, the file, its form, and who imports."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, default="", help="without it, it is found out")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
        parser.add_argument("--user", help="who imports; without it the project's first manager")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look or bring in, and say what was made."""
        slug, path, actor = options["project"], options["file"], manager_of(options["project"], options["user"])
        try:
            with path.open("rb") as file:
                if options["dry_run"]:
                    told = services.look(actor, slug=slug, content=storage.pieces(file), form=options["format"])
                    self._tell(told, [*told.get("errors", []), *_notes(told)])
                    return
                kept = services.keep_file(
                    actor, slug=slug, content=storage.pieces(file), name=path.name, form=options["format"]
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except WorkbenchError as error:
            raise CommandError(error.detail) from None
        job = services.begin(actor, import_id=kept.pk)
        if taken := take(job.pk):
            running.run(taken)
        job.refresh_from_db()
        self._ended(job)

    def _ended(self, job: Job) -> None:
        if job.state == Job.State.FAILED:
            raise CommandError("; ".join(error["detail"] for error in job.errors))
        if job.state != Job.State.SUCCEEDED:
            self.stdout.write(f"A worker is at it: job {job.pk}.")
            return
        self._tell(job.result, job.errors)
        if job.result.get("rejected"):
            sys.exit(1)

    def _tell(self, told: dict[str, Any], left: list[dict[str, str]]) -> None:
        for each in left:
            self.stderr.write(f"{each['item']}: {each['detail']}")
        if RELEASE in told:
            self.stdout.write(f"A release: {told[RELEASE]}.")
            return
        counts = ", ".join(f"{told[name]} {name if told[name] != 1 else name[:-1]}" for name in MADE)
        here = ", ".join(f"{told[name]} {name.removesuffix('_here')}" for name in HERE)
        self.stdout.write(f"{counts}. Here already: {here}. Left aside: {told['rejected']}.")


MADE = ("articles", "claims", "sources")
HERE = ("articles_here", "claims_here", "sources_here")


def _notes(told: dict[str, Any]) -> list[dict[str, str]]:
    return [{"item": "file", "detail": note} for note in told.get("notes", [])]
