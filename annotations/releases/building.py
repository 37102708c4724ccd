"""Builds a release: freeze the claims, make every file from what was frozen, publish.

Only the first step reads the database, in one snapshot. A build that is killed has shown nothing; begun anew on the
same data it makes the same bytes, as time, title and pseudonym key stand in the release's row.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext, gettext_noop

from annotations import storage
from annotations.agreement.queries import seed_of
from annotations.claims.models import Status
from annotations.errors import WorkbenchError, WrongState
from annotations.jobs.models import Job
from annotations.jobs.services import fail
from annotations.releases.formats import manifest, native
from annotations.releases.formats.catalogue import ACCOUNTS, JSON_TYPE, NATIVE_TYPE, forms_of
from annotations.releases.formats.findings import findings
from annotations.releases.freezing import frozen_records, release_record, snapshot
from annotations.releases.models import Release
from annotations.releases.publishing import Built, BuiltFile, Overtaken, publish
from annotations.releases.queries import chosen_claims
from annotations.releases.records import Record
from annotations.releases.reporting import Reporter, Stopped
from annotations.releases.verifying import MANIFEST, NATIVE

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lines:
    """The lines of the native form, read anew from the folder each time, with a sign of life now and then."""

    path: Path
    reporter: Reporter

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as lines:
            yield from self.reporter.beside(lines)


def run(job: Job) -> None:
    """Do the job this worker has taken: publish its release, or say why not. One that was cancelled ends silently."""
    try:
        build(job)
    except Stopped:
        logger.info("The build of job %s was stopped.", job.pk)
    except WorkbenchError as error:
        fail(job, error.detail)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the row says running, and the sweep finds it when the database is back
    except OSError as error:
        logger.exception("The build of job %s could not write.", job.pk)
        fail(job, f"The files could not be written: {error.strerror or error}.")
    except Exception:
        logger.exception("The build of job %s failed.", job.pk)
        fail(job, gettext_noop("The release could not be built; the log of the worker says why."))


def build(job: Job) -> None:
    """Build the job's release from one snapshot and publish it; anew, where another was published meanwhile."""
    release = Release.objects.select_related("project").get(pk=job.params["release"])
    with Reporter(job) as reporter:
        while True:
            with storage.scratch() as folder:
                built = render(release, folder, reporter)
                try:
                    publish(job, release, built)
                except Overtaken:
                    continue
                return


def render(release: Release, folder: Path, reporter: Reporter) -> Built:
    """Make every file of the release in `folder`; nothing is stored or shown yet. 409 where no claim is left."""
    path = folder / "frozen"
    with snapshot(), path.open("wb") as file:
        header, verified = _freeze(release, file, reporter)
    lines = Lines(path, reporter)
    files = [_written(folder, NATIVE, NATIVE_TYPE, lines)]
    files += [_written(folder, form.name, form.media_type, form.write(lines)) for form in forms_of(header)]
    found = findings(lines, seed=seed_of(release.project))
    for account in ACCOUNTS:
        told = account.write(found, [file._asdict() for file in files])
        files.append(_written(folder, account.name, account.media_type, told))
    release_id, whole = manifest.write(found, [file._asdict() for file in files])
    files.append(_written(folder, MANIFEST, JSON_TYPE, [whole]))
    return Built(release_id, header["number"], header["public"], files, verified, folder)


def _freeze(release: Release, file: BinaryIO, reporter: Reporter) -> tuple[Record, list[tuple[UUID, int]]]:
    """Write the native form; the release's record, and each verified claim with the version that was frozen."""
    total = chosen_claims(release.project, release.filter).count()
    if not total:
        raise WrongState(gettext("None of the chosen claims is left: they changed since the release was asked for."))
    header, verified, done = release_record(release), [], 0
    file.write(native.line(header))
    for record in frozen_records(release):
        reporter.tell(done=done, total=total)
        file.write(native.line(record))
        if record["type"] == "claim":
            done += 1
            if record["status"] == Status.VERIFIED:
                verified.append((record["id"], record["version"]))
    return header, verified


def _written(folder: Path, name: str, media_type: str, content: Iterable[bytes]) -> BuiltFile:
    return BuiltFile(name, media_type, *storage.write(folder / name, content))
