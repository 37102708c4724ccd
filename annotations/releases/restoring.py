"""Takes in a release that was made elsewhere: its files as they are, once everything about them has been verified.

What is stored is what was given, byte for byte, so that it can be exported and verified again. Its claims are read in
its files; they are no rows of this project.
"""

from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import storage
from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import LabelValue
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require_member
from annotations.projects.models import Project
from annotations.projects.queries import locked_project, membership_in
from annotations.releases.expecting import Expected, NotExpected, expected, problems_told
from annotations.releases.listing import list_claims
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.queries import RELEASABLE
from annotations.releases.verifying import MANIFEST, MOST_TOLD, NATIVE, examine
from annotations.web.wording import said

MANIFEST_TYPE = "application/json"
# What is handed out under a type of its own; anything else is bytes.
MEDIA_TYPES = (
    "application/jsonl",
    "application/json",
    "application/ld+json",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "application/xml",
    "text/csv; charset=utf-8",
    "text/tab-separated-values; charset=utf-8",
    "text/markdown; charset=utf-8",
    "application/vnd.apache.parquet",
)
BYTES = "application/octet-stream"


def looked_at(project: Project, folder: Path) -> Expected:
    """The release in a folder, which could be taken in now.

    400 where a file is missing, changed, or not of the form written here; 409 where the project has this number
    already, or the instance this release.
    """
    problems = list(problems_told(examine(folder)))
    if problems:
        told = _("This release does not hold, so it is not taken in: %(problems)s")
        raise InvalidInput.field("file", told % {"problems": " ".join(problems[:MOST_TOLD])})
    try:
        found = expected(folder, statuses=RELEASABLE, labels=LabelValue.values)
    except NotExpected as error:
        raise InvalidInput.field("file", said(error.problem)) from None
    _refuse_taken(project, found)
    return found


@transaction.atomic
def restore_release(actor: User, *, slug: str, folder: Path) -> Release:
    """Store the release in a folder as one of the project's, with the number, title and time it was published with.

    403 for who may not make releases; 400 and 409 as `looked_at`.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.RELEASE)
    project = membership.project
    found = looked_at(project, folder)
    locked_project(project.pk)
    _refuse_taken(project, found)
    release = _row(actor, project, found)
    _store(release, found, folder)
    told: dict[str, Any] = {"release": found.public_id, "number": found.number, "title": found.title}
    record(actor, "release.imported", release, project=project.pk, **told)
    return release


def _row(actor: User, project: Project, found: Expected) -> Release:
    now = timezone.now()
    release = Release(
        project=project,
        public_id=found.public_id,
        number=found.number,
        parent=Release.objects.filter(project=project, public_id=found.parent).first() if found.parent else None,
        title=found.title,
        license=found.license,
        filter=found.filter,
        text_included=found.text_included,
        pseudonym_key=b"",  # who is meant by its pseudonyms is not known here
        frozen_at=found.frozen_at,
        published_at=now,
        imported_at=now,
        created_by=actor,
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError:  # another project has taken it in at the same moment
        _refuse_taken(project, found)
        raise
    return release


def _store(release: Release, found: Expected, folder: Path) -> None:
    rows = []
    for name, media_type, sha256, size in found.files:
        stored = storage.put(folder / name)
        if stored != (sha256, size):
            raise InvalidInput.field("file", _("%(name)s has changed meanwhile.") % {"name": name})
        kind = media_type if media_type in MEDIA_TYPES else BYTES
        rows.append(ReleaseFile(release=release, name=name, media_type=kind, **stored._asdict()))
    stored = storage.put(folder / MANIFEST)
    rows.append(ReleaseFile(release=release, name=MANIFEST, media_type=MANIFEST_TYPE, **stored._asdict()))
    ReleaseFile.objects.bulk_create(rows)
    list_claims(release, folder / NATIVE)


def _refuse_taken(project: Project, found: Expected) -> None:
    if twin := Release.objects.filter(public_id=found.public_id).select_related("project").first():
        told = _("This release is here already, as number %(number)s of “%(project)s”.")
        if twin.project_id != project.pk:
            told = _("This release is here already, in another project.")
        raise WrongState(told % {"number": twin.number, "project": project.name})
    if Release.objects.filter(project=project, number=found.number).exists():
        told = _("The project has a release %(number)s already. Take this one into a project of its own.")
        raise WrongState(told % {"number": found.number})
