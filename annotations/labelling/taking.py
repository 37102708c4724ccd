"""Taking the next article: a place in it for a day, renewed by opening it, never more places than labels are needed.

Every act that gives places holds the project, so that two never see the same free one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.audit.services import record_all
from annotations.claims.models import Claim, Status
from annotations.errors import WrongState
from annotations.labelling.allocation import free_claims, turn
from annotations.labelling.gate import require_training
from annotations.labelling.giving import Terms, Wanted, give, happened
from annotations.labelling.holding import as_place, free_articles, handed_in, lease_of, places_in
from annotations.labelling.models import Assignment
from annotations.labelling.queries import queue
from annotations.projects.access import Action, require_member
from annotations.projects.models import Distribution, Project
from annotations.projects.queries import locked_project, membership_in

LEASE = timedelta(hours=24)
# A lease is written anew when less than this is left, so that looking at an article is seldom a write.
RENEWED_BELOW = timedelta(hours=12)


@dataclass(frozen=True)
class Taken:
    """The article to label next, the claims of it that are still mine to do, and until when they are kept for me."""

    article: Article
    claims: list[UUID]
    until: datetime | None


@transaction.atomic
def take_next(actor: User, *, slug: str) -> Taken | None:
    """The article I have not finished, else the next one in my order with a free place; None where there is none.

    409 where nothing is handed out because everybody labels everything.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.LABEL)
    project = membership.project
    if project.distribution != Distribution.ASSIGNED:
        raise WrongState(_("Nothing is handed out here: you may label every open claim. They stand in your queue."))
    if project.training:
        require_training(actor, project.pk, membership.role)
    found = _unfinished(actor, project)
    # Looked for before anything is held: where nothing is free, nobody waits for that answer.
    if found is None and not free_articles(actor, project).exists():
        return None
    if found is None or _due(actor, found):
        locked_project(project.pk)
        # What had lapsed may be somebody else's by now.
        found = _unfinished(actor, project) or _take(actor, project)
        if found is None:
            return None
        _renew(actor, found)
    claims = [claim.pk for claim in queue(actor, project).filter(article=found)]
    lease = lease_of(actor, found)
    return Taken(article_for(actor, found), claims, lease.expires_at if lease else None)


def renew_lease(actor: User, article: Article) -> None:
    """Keep the actor's lease in an article they open for another day; nothing where most of it is left."""
    if _due(actor, article.pk):
        with transaction.atomic():
            locked_project(article.project_id)
            _renew(actor, article.pk)


def _due(actor: User, article: UUID) -> bool:
    """Whether the actor's lease in the article is to be written anew."""
    lease = lease_of(actor, article)
    return bool(lease and lease.expires_at and lease.expires_at < timezone.now() + RENEWED_BELOW)


def _renew(actor: User, article: UUID) -> None:
    taken = Assignment.objects.filter(article=article, reviewer=actor, origin=Assignment.Origin.TAKEN)
    taken.filter(finished_at=None).update(expires_at=timezone.now() + LEASE)


def _unfinished(actor: User, project: Project) -> UUID | None:
    """The article that comes first in the actor's queue."""
    return queue(actor, project).values_list("article_id", flat=True).first()


def _take(actor: User, project: Project) -> UUID | None:
    """Give the actor a place in the first article in their order that has one free; its id."""
    ids = free_articles(actor, project).values_list("pk", flat=True)
    for article in sorted(ids, key=lambda id: turn(project.pk, actor.pk, id)):
        if wanted := _wanted(actor, project, article):
            terms = Terms(actor, Assignment.Origin.TAKEN, expires_at=timezone.now() + LEASE)
            made, lapsed = give(project, wanted, terms)
            record_all(actor, [*lapsed, *(happened("assignment.taken", row) for row in made)], project=project.pk)
            return article
    return None


def _wanted(actor: User, project: Project, article: UUID) -> list[Wanted]:
    """What the actor gets of an article: all of it where every open claim is free, else the claims that are."""
    places = [as_place(row) for row in places_in([article], lock=True)]
    claims = list(Claim.objects.filter(article=article, status=Status.LABELLING).values_list("pk", flat=True))
    done = set(handed_in(actor).filter(claim__in=claims).values_list("claim_id", flat=True))
    free = free_claims(claims, places, needed=project.labels_per_claim, person=actor.pk)
    left = [claim for claim in free if claim not in done]
    if left and left == claims:
        return [Wanted(article, None, actor)]
    return [Wanted(article, claim, actor) for claim in left]
