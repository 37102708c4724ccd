"""What everybody may read: releases made here while their project showed them, as long as it does.

Only what is in a release's files is shown, and what publicly befell its claims since.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotations.audit.models import Event
from annotations.errors import NotVisible
from annotations.releases.changes import TOLD_WHY
from annotations.releases.models import Release, ReleasedClaim
from annotations.verification.turns import VERBS, turn

PAGE = 50  # claims


@dataclass(frozen=True)
class Befell:
    """What was done to a claim since it was released: the verb's last word, when, and why where that is told."""

    did: str
    at: datetime
    reason: str


def public_release(release_id: UUID) -> Release:
    """A release with its project and files, or 404."""
    rows = Release.objects.filter(published_at__isnull=False, public_url__isnull=False, imported_at__isnull=True)
    rows = rows.filter(pk=release_id, project__public=True).select_related("project", "parent", "withdrawal")
    release = rows.prefetch_related("files").first()
    if release is None:
        raise NotVisible
    return release


def latest_of(release: Release) -> Release | None:
    """The newest public release of the project, if it is later than this one and stands."""
    rows = Release.objects.filter(project=release.project_id, public_url__isnull=False, imported_at__isnull=True)
    return rows.filter(number__gt=release.number, withdrawal__isnull=True).order_by("-number").first()


def claim_rows(release: Release, after: int) -> tuple[list[ReleasedClaim], int | None]:
    """A page of the release's claims, from the first that stands after this byte; what to ask for next, if anything."""
    rows = list(release.claims.filter(at__gt=after).order_by("at")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].at if len(rows) > PAGE else None


def claim_row(release: Release, claim_id: UUID) -> ReleasedClaim:
    """Where a claim stands in the release, or 404."""
    row = release.claims.filter(claim=claim_id).first()
    if row is None:
        raise NotVisible
    return row


def befallen(release: Release, claims: Collection[UUID]) -> dict[UUID, Befell]:
    """The last thing that befell each of these claims since the release was frozen."""
    events = Event.objects.filter(project=release.project_id, verb__in=VERBS, at__gt=release.frozen_at)
    found: dict[UUID, Befell] = {}
    for event in events.filter(claim_id__in=claims).order_by("at", "id"):
        if event.claim_id:
            last = turn(event)
            found[event.claim_id] = Befell(last.did, last.at, last.reason if last.did in TOLD_WHY else "")
    return found
