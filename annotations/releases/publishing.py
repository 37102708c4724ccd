"""Makes a built release visible, in one transaction: its number, its files, its claims' new status, the log."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.audit.services import Happening, record_all
from annotations.claims.models import Claim, Status
from annotations.errors import WrongState
from annotations.jobs.models import Job
from annotations.jobs.services import finish
from annotations.projects.queries import locked_project
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.queries import published_release
from annotations.releases.reporting import Stopped
from annotations.verification.models import Check
from annotations.verification.transitions import required_aspects

CLAIMS_AT_ONCE = 1000


class BuiltFile(NamedTuple):
    """One stored file of a release that is not published yet."""

    name: str
    media_type: str
    sha256: str
    size: int


class Built(NamedTuple):
    """A release ready to be published: its id and number, its files, and the verified claims (id, version) in it."""

    release_id: str
    number: int
    files: list[BuiltFile]
    verified: list[tuple[UUID, int]]


class Overtaken(Exception):
    """Another release of the project was published meanwhile: number and parent are no longer right."""


@transaction.atomic
def publish(job: Job, release: Release, built: Built) -> None:
    """Publish the release and end its job; Stopped where the job was cancelled, Overtaken where the number is taken.

    Its verified claims become published; one that changed since it was frozen stays as it is. The order of locks is:
    job, project, claims by id, counters.
    """
    try:
        finish(job, release=str(release.pk))
    except WrongState:
        raise Stopped from None
    locked_project(release.project_id)
    parent = published_release(release.project)
    if built.number != (parent.number or 0) + 1 if parent else built.number != 1:
        raise Overtaken
    Release.objects.filter(pk=release.pk).update(
        number=built.number, parent=parent, public_id=built.release_id, published_at=timezone.now()
    )
    ReleaseFile.objects.bulk_create(ReleaseFile(release=release, **file._asdict()) for file in built.files)
    told = {"release": built.release_id, "number": built.number}
    happened = [
        Happening("claim.published", claim, claim.article_id, claim.pk, {"before": "verified", **told})
        for claim in _published_claims(built.verified)
    ]
    happened.append(Happening("release.published", release, data={**told, "title": release.title}))
    record_all(release.created_by, happened, project=release.project_id)


def _published_claims(verified: Iterable[tuple[UUID, int]]) -> Iterator[Claim]:
    """Those of the claims that still are what was frozen, now published with every verified aspect of theirs."""
    frozen = iter(sorted(verified))
    while batch := dict(islice(frozen, CLAIMS_AT_ONCE)):
        rows = Claim.objects.filter(pk__in=batch, status=Status.VERIFIED)
        rows = rows.only("article_id", "label", "content_kind", "version").order_by("pk").select_for_update()
        claims = [claim for claim in rows if claim.version == batch[claim.pk]]
        _publish_checks(claims)
        # A claim shows the least advanced of its checks: where that was verified, it is published now.
        moved = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
        moved.update(status=Status.PUBLISHED, version=F("version") + 1)
        yield from claims


def _publish_checks(claims: Iterable[Claim]) -> None:
    """Move every required aspect of the held claims that is verified, in a statement for each kind of claim."""
    alike = defaultdict(list)
    for claim in claims:
        alike[required_aspects(claim.label, claim.content_kind)].append(claim.pk)
    for aspects, ids in alike.items():
        checks = Check.objects.filter(claim__in=ids, aspect__in=aspects, status=Status.VERIFIED)
        checks.update(status=Status.PUBLISHED, status_since=timezone.now())
