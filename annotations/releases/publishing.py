"""Makes a built release visible, in one transaction: its number, its files, its claims' new status, the log."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from annotations import storage
from annotations.audit.services import Happening, record_all
from annotations.claims.models import Claim
from annotations.errors import WrongState
from annotations.jobs.models import Job
from annotations.jobs.services import finish
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.queries import locked_project, members
from annotations.releases.listing import list_claims
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.queries import published_release
from annotations.releases.reporting import Stopped
from annotations.releases.verifying import NATIVE
from annotations.verification.transitions import required_aspects

# Of the frozen claims those that nobody has touched since, held in the order in which everybody holds claims.
HOLD = """
SELECT c.id, c.article_id, c.label, c.content_kind FROM annotations_claim c
JOIN unnest(%s::uuid[], %s::int[]) AS frozen(id, version) ON frozen.id = c.id AND frozen.version = c.version
WHERE c.status = 'verified' ORDER BY c.id FOR NO KEY UPDATE OF c
"""
PUBLISH_CHECKS = """
UPDATE annotations_check k SET status = 'published', status_since = %s
FROM unnest(%s::uuid[], %s::text[]) AS required(claim_id, aspect)
WHERE k.claim_id = required.claim_id AND k.aspect = required.aspect AND k.status = 'verified'
"""
PUBLISH_CLAIMS = "UPDATE annotations_claim SET status = 'published', version = version + 1 WHERE id = ANY(%s)"


class BuiltFile(NamedTuple):
    """One file of a release that is not published yet."""

    name: str
    media_type: str
    sha256: str
    size: int


class Built(NamedTuple):
    """A release ready to be published: its id and number, `public` as its record has it, its files, the verified claims
    (id, version) in it, and the folder in which the files lie."""

    release_id: str
    number: int
    public: dict[str, str] | None
    files: list[BuiltFile]
    verified: list[tuple[UUID, int]]
    folder: Path


class Overtaken(Exception):
    """Another release of the project was published meanwhile: number and parent are no longer right."""


@transaction.atomic
def publish(job: Job, release: Release, built: Built) -> None:
    """Store the release's files, publish it and end its job.

    Stopped where the job was cancelled, Overtaken where the number is taken: nothing is stored then. Its verified
    claims become published; one that changed since it was frozen stays as it is. The order of locks is: job, project,
    claims by id, counters.
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
        number=built.number,
        parent=parent,
        public_id=built.release_id,
        public_url=built.public["url"] if built.public else None,
        published_at=timezone.now(),
    )
    for file in built.files:
        storage.put(built.folder / file.name)
    ReleaseFile.objects.bulk_create(ReleaseFile(release=release, **file._asdict()) for file in built.files)
    list_claims(release, built.folder / NATIVE)
    everybody = members(release.project).values_list("user_id", flat=True)
    notify(release.created_by, Kind.RELEASE_PUBLISHED, everybody, project_id=release.project_id, release=release)
    told = {"release": built.release_id, "number": built.number}
    happened = [
        Happening("claim.published", claim, claim.article_id, claim.pk, {"before": "verified", **told})
        for claim in _publish_claims(built.verified)
    ]
    happened.append(Happening("release.published", release, data={**told, "title": release.title}))
    record_all(release.created_by, happened, project=release.project_id)


def _publish_claims(verified: list[tuple[UUID, int]]) -> list[Claim]:
    """Publish those of the claims that still are what was frozen, with every required aspect that is verified."""
    ids, versions = zip(*verified, strict=True) if verified else ((), ())
    claims = list(Claim.objects.raw(HOLD, [list(ids), list(versions)]))
    held = [claim.pk for claim in claims]
    required = [(claim.pk, aspect) for claim in claims for aspect in required_aspects(claim.label, claim.content_kind)]
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH_CHECKS, [timezone.now(), [pk for pk, _ in required], [aspect for _, aspect in required]])
        # A claim shows the least advanced of its aspects: where that was verified, it is published now.
        cursor.execute(PUBLISH_CLAIMS, [held])
    return claims
