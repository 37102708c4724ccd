"""Builds a release: freeze the claims, make every file from what was frozen, publish.

Only the first step reads the database, in one snapshot. A build that is killed has shown nothing; begun anew on the
same data it makes the same bytes, as time, title and pseudonym key stand in the release's row.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext, gettext_noop

from annotations import storage
from annotations.agreement.queries import seed_of
from annotations.claims.models import Status
from annotations.errors import WorkbenchError, WrongState
from annotations.jobs.models import Job
from annotations.jobs.services import fail
from annotations.releases.formats import (
    averitec,
    card,
    claims_csv,
    claims_json,
    croissant,
    datacite,
    doccano,
    hf,
    labels_csv,
    labelstudio,
    manifest,
    native,
    tsv,
    webannotation,
)
from annotations.releases.formats.findings import Findings, findings
from annotations.releases.freezing import frozen_records, release_record, snapshot
from annotations.releases.models import Release
from annotations.releases.publishing import Built, BuiltFile, Overtaken, publish
from annotations.releases.queries import chosen_claims
from annotations.releases.records import Record
from annotations.releases.reporting import Reporter, Stopped
from annotations.releases.verifying import MANIFEST, NATIVE

logger = logging.getLogger(__name__)

NATIVE_TYPE = JSONL_TYPE = "application/jsonl"
ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
CROISSANT_TYPE = "application/ld+json"
CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
MARKDOWN_TYPE = "text/markdown; charset=utf-8"
PARQUET_TYPE = "application/vnd.apache.parquet"
TSV_TYPE = "text/tab-separated-values; charset=utf-8"
XML_TYPE = "application/xml"


class Form(NamedTuple):
    """A file made from the lines of the native form, which it may read as often as it likes."""

    name: str
    media_type: str
    write: Callable[[Iterable[bytes]], Iterable[bytes]]


class Account(NamedTuple):
    """A file that tells of the release: from what was found in it, and the files made before, as the manifest lists
    them."""

    name: str
    media_type: str
    write: Callable[[Findings, Sequence[Record]], Iterable[bytes]]


def _parquet(table: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """A table as Parquet. What that needs takes 60 MB, so only the worker that builds loads it, and only now."""
    pieces: Iterator[bytes] = getattr(import_module("annotations.releases.formats.parquet"), table)(lines)
    return pieces


FORMS = (
    Form("averitec.json", JSON_TYPE, averitec.write),
    Form("claims.csv", CSV_TYPE, claims_csv.write),
    Form("claims.json", JSON_TYPE, claims_json.write),
    Form("claims.parquet", PARQUET_TYPE, partial(_parquet, "claims")),
    Form("claims.tsv", TSV_TYPE, tsv.claims),
    Form("doccano.jsonl", JSONL_TYPE, doccano.write),
    Form("hf.jsonl", JSONL_TYPE, hf.write),
    Form("labels.csv", CSV_TYPE, labels_csv.write),
    Form("labels.parquet", PARQUET_TYPE, partial(_parquet, "labels")),
    Form("labels.tsv", TSV_TYPE, tsv.labels),
    Form("labelstudio.json", JSON_TYPE, labelstudio.write),
    Form("labelstudio_config.xml", XML_TYPE, labelstudio.config),
    Form("webannotation.jsonld", ANNOTATION_TYPE, webannotation.write),
)
ACCOUNTS = (
    Account("README.md", MARKDOWN_TYPE, card.write),
    Account("croissant.json", CROISSANT_TYPE, croissant.write),
    Account("datacite.json", JSON_TYPE, datacite.write),
)


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
    files += [_written(folder, form.name, form.media_type, form.write(lines)) for form in FORMS]
    found = findings(lines, seed=seed_of(release.project))
    for account in ACCOUNTS:
        told = account.write(found, [file._asdict() for file in files])
        files.append(_written(folder, account.name, account.media_type, told))
    release_id, whole = manifest.write(found, [file._asdict() for file in files])
    files.append(_written(folder, MANIFEST, JSON_TYPE, [whole]))
    return Built(release_id, header["number"], files, verified, folder)


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
