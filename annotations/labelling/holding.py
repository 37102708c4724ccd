"""Reads of assignments: who holds what, and which places stand."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.models import Claim, Status
from annotations.errors import NotVisible
from annotations.labelling.allocation import Place
from annotations.labelling.models import Assignment, Label
from annotations.labelling.queries import held
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Distribution, Membership, Project
from annotations.projects.queries import Person, members


def who_may_label(project: Project) -> QuerySet[Membership]:
    """The members who may label, by name."""
    return members(project).filter(role__in=roles_for(Action.LABEL))


def standing(now: datetime) -> Q:
    """The condition under which an assignment keeps its place: held by somebody who may label, in time.

    Whether its holder has handed in does not count, or the queues of others would tell of it. A lapsed one still lets
    its holder label, until the place is given to somebody else.
    """
    holder = Membership.objects.filter(
        project=OuterRef("project"), user=OuterRef("reviewer"), role__in=roles_for(Action.LABEL)
    )
    return Q(Exists(holder)) & (Q(expires_at=None) | Q(expires_at__gt=now))


def places_in(articles: Collection[UUID], *, lock: bool = False) -> list[Assignment]:
    """All assignments in the articles, each with whether it `stands`, the one that lapsed first before the others.

    They are held until the transaction ends where `lock`, by id as `assigning.finish` holds them.
    """
    stands = {"stands": ExpressionWrapper(standing(timezone.now()), output_field=BooleanField())}
    rows = Assignment.objects.filter(article__in=articles).annotate(**stands)
    rows = rows.select_related("reviewer").order_by("id")
    found = rows.select_for_update(no_key=True, of=("self",)) if lock else rows
    return sorted(found, key=lambda row: (row.expires_at or datetime.max.replace(tzinfo=UTC), row.made_at, row.pk))


def as_place(row: Assignment) -> Place:
    """The assignment as allocation takes it."""
    return Place(row.pk, row.reviewer_id, row.claim_id, row.stands)


def assignments_of(project: Project, articles: Iterable[Article] | None = None) -> QuerySet[Assignment]:
    """Who holds what in the project (or in these articles of it), oldest first."""
    rows = Assignment.objects.filter(project=project).select_related("reviewer", "made_by")
    return (rows if articles is None else rows.filter(article__in=articles)).order_by("made_at", "id")


def assignment_for(user: Person, assignment_id: UUID) -> Assignment:
    """The assignment with its project: one's own, or any where one may assign; else 404."""
    mine = Membership.objects.filter(project=OuterRef("project"), user_id=user.pk)
    assigns = Exists(mine.filter(role__in=roles_for(Action.ASSIGN)))
    rows = Assignment.objects.filter(Q(Exists(mine), reviewer_id=user.pk) | Q(assigns), pk=assignment_id)
    found = rows.select_related("project", "reviewer", "article", "claim").first()
    if found is None:
        raise NotVisible
    return found


def my_places(user: User, project: Project) -> list[Assignment]:
    """The user's assignments of whole articles, where work is handed out."""
    if project.distribution == Distribution.OPEN:
        return []
    return list(Assignment.objects.filter(project=project, reviewer_id=user.pk, claim=None))


def lease_of(user: User, article: UUID) -> Assignment | None:
    """The user's own unfinished lease in the article, the one that ends first."""
    rows = Assignment.objects.filter(article=article, reviewer_id=user.pk, expires_at__isnull=False, finished_at=None)
    return rows.order_by("expires_at").first()


def handed_in(user: User) -> QuerySet[Label]:
    """The labels that the user has handed in."""
    return Label.objects.filter(reviewer_id=user.pk, handed_in_at__isnull=False)


def free_articles(user: User, project: Project) -> QuerySet[Article]:
    """Open articles with a claim that has fewer standing places than labels are needed, and none of the user's.

    What others labelled does not count; what the user has handed in is not offered again.
    """
    here = Assignment.objects.filter(standing(timezone.now()), article=OuterRef("article_id"))
    here = here.filter(Q(claim=None) | Q(claim=OuterRef("pk"))).order_by()
    places = Coalesce(Subquery(here.values("article").annotate(n=Count("pk")).values("n")), 0)
    free = Claim.objects.filter(article=OuterRef("pk"), status=Status.LABELLING).annotate(places=places)
    free = free.filter(~Exists(handed_in(user).filter(claim=OuterRef("pk"))), places__lt=project.labels_per_claim)
    return Article.objects.filter(Exists(free.exclude(held(user))), project=project, status=Article.Status.OPEN)
