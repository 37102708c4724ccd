"""Reads of releases, and of the claims one would hold. Only published releases are ever seen."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from annotations.claims.models import Claim, Status
from annotations.errors import NotVisible
from annotations.projects.models import Project
from annotations.projects.queries import Person
from annotations.releases.models import Release, ReleaseFile

NEVER = (Status.DRAFT, Status.LABELLING, Status.VOID)
RELEASABLE = tuple(status.value for status in Status if status not in NEVER)
TEXT_ORDER = ("article__created_at", "article_id", "start", "end", "id")
BY_DEFAULT = (Status.VERIFIED.value, Status.PUBLISHED.value)


def visible_releases(user: Person, project: Project) -> QuerySet[Release]:
    """The project's published releases, newest first; none for who is no member."""
    rows = _published().filter(project=project, project__memberships__user_id=user.pk)
    return rows.order_by("-number")


def release_for(user: Person, release_id: UUID) -> Release:
    """The published release with its project and parent, or 404."""
    release = _published().filter(pk=release_id, project__memberships__user_id=user.pk).first()
    if release is None:
        raise NotVisible
    return release


def published_release(project: Project, number: int | None = None) -> Release | None:
    """The project's release of this number, or its latest; None where there is none."""
    rows = _published().filter(project=project).order_by("-number")
    return (rows if number is None else rows.filter(number=number)).first()


def file_of(release: Release, name: str) -> ReleaseFile:
    """One file of a release, or 404."""
    file = ReleaseFile.objects.filter(release=release, name=name).first()
    if file is None:
        raise NotVisible
    return file


def files_of(release: Release) -> list[ReleaseFile]:
    """Every file of a release, by name."""
    return sorted(release.files.all(), key=lambda file: file.name)


def chosen_claims(project: Project, filter: dict[str, Any]) -> QuerySet[Claim]:
    """The claims a filter chooses, in the order of articles and text: never one that is open, in draft or void.

    An empty `status` means verified and published, an empty `label` or `articles` any.
    """
    rows = Claim.objects.filter(project=project, labelling_closed_at__isnull=False).exclude(status__in=NEVER)
    rows = rows.filter(status__in=filter.get("status") or BY_DEFAULT)
    if filter.get("label"):
        rows = rows.filter(label__in=filter["label"])
    if filter.get("articles"):
        rows = rows.filter(article__in=filter["articles"])
    return rows.order_by(*TEXT_ORDER)


def _published() -> QuerySet[Release]:
    rows = Release.objects.filter(published_at__isnull=False).select_related(
        "project", "parent", "created_by", "withdrawal"
    )
    return rows.prefetch_related("files")
