"""Adding sources, and finding the one that evidence names or making it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.provenance import refuse_day_to_come
from annotations.audit.services import record
from annotations.claims.models import Claim
from annotations.errors import InvalidInput
from annotations.projects.access import Action, require_member
from annotations.projects.models import Project
from annotations.projects.queries import membership_in
from annotations.snapshots.services import request_snapshot
from annotations.verification.queries import source_at, visible_sources
from annotations.verification.source_models import Source


@transaction.atomic
def add_source(
    actor: User,
    *,
    slug: str,
    url: str = "",
    title: str = "",
    publisher: str = "",
    author: str = "",
    published_on: date | None = None,
) -> Source:
    """Add an outside document to the project. 400 without a url or a title."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.ADD_SOURCE)
    source = new_source(
        actor,
        membership.project,
        url=url,
        title=title,
        publisher=publisher,
        author=author,
        published_on=published_on,
        listed=True,
    )
    record(actor, "source.added", source, project=membership.project_id, url=url, title=title)
    return source


def source_for(actor: User, claim: Claim, source_id: UUID | None, url: str, title: str) -> Source:
    """The source that evidence names by id or address, or a new one. 400 for an id the project does not know.

    Callers have asked whether the person may.
    """
    if source_id is None:
        found = source_at(actor, claim.project, url) if url else None
    elif (found := visible_sources(actor, claim.project).filter(pk=source_id).first()) is None:
        raise InvalidInput.field("source", _("The project has no such source."))
    return found or new_source(actor, claim.project, claim, url=url, title=title, listed=False)


def new_source(actor: User, project: Project, claim: Claim | None = None, **values: Any) -> Source:
    """Store a source, and have its address fetched; `claim` is set where only evidence on it knows of the source.

    400 without a url or a title, for an address that cannot be opened or a day to come.
    """
    source = Source(project=project, created_by=actor, **values)
    refuse_day_to_come(source.published_on)
    if not (source.url or source.title):
        raise InvalidInput.field("url", _("Name the source by its url or by its title."))
    try:
        source.clean_fields(exclude=["project", "created_by", "published_on", "next_check_at"])
    except ValidationError as error:
        raise InvalidInput(_("The source needs mending."), errors=error.message_dict) from None
    source.save(force_insert=True)
    if source.url and settings.FETCH:
        request_snapshot(actor, project_id=project.pk, url=source.url, source=source, claim=claim)
    return source
