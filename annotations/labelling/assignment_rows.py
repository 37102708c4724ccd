"""Rows of the managers' page of assignments: who holds which article or claim, and how much everybody holds.

Everything is counted from assignments alone, lapsed ones included, so that nothing here moves with anybody's labels.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import visible_articles
from annotations.claims.models import Claim, Status
from annotations.labelling.allocation import Plan
from annotations.labelling.holding import assignments_of, who_may_label
from annotations.labelling.models import Assignment
from annotations.projects.models import Project

TO_LABEL = (Status.DRAFT, Status.LABELLING)


@dataclass(frozen=True)
class Holder:
    """One reviewer in one article: their place in all of it, or on some of its claims; whether they may label here."""

    assignment: Assignment
    claims: int
    able: bool


@dataclass
class ArticleRow:
    """An article (or, with `claim`, one claim of it), who holds it, and how many hold the claim fewest people hold."""

    article: Article
    claim: Claim | None
    claims: int
    people: int
    holders: list[Holder] = field(default_factory=list)


@dataclass(frozen=True)
class PersonRow:
    """A member who may label, and how much is assigned to them in articles that are not closed."""

    name: str
    role: str
    articles: int
    claims: int


@dataclass(frozen=True)
class ShareRow:
    """One person's share of a plan."""

    name: str
    kept: int
    new: int
    claims: int


def assignable(user: User, project: Project, reviewer: str = "") -> QuerySet[Article]:
    """Articles that can be assigned, without their texts, oldest first; only those in which `reviewer` has a place."""
    rows = visible_articles(user).filter(project=project).exclude(status=Article.Status.CLOSED)
    if reviewer:
        named = Assignment.objects.filter(project=project, reviewer__username=reviewer)
        rows = rows.filter(pk__in=named.values("article"))
    return rows.defer("text").annotate(opening=Left("text", 80)).order_by("created_at", "id")


def article_rows(project: Project, articles: Sequence[Article]) -> list[ArticleRow]:
    """A row for each article."""
    claims, places = _claims(articles), _places(project, articles)
    able = _able(project)
    rows = []
    for article in articles:
        ids, here = claims[article.pk], places[article.pk]
        held = Counter(row.claim_id for row in here)
        people = held[None] + min((held[claim] for claim in ids), default=0)
        rows.append(ArticleRow(article, None, len(ids), people, _holders(here, able)))
    return rows


def claim_rows(project: Project, article: Article) -> list[ArticleRow]:
    """A row for each claim of the article that is open for labelling, in the order of the text."""
    at: dict[UUID | None, list[Assignment]] = defaultdict(list)
    for row in _places(project, [article])[article.pk]:
        at[row.claim_id].append(row)
    able = _able(project)
    claims = Claim.objects.filter(article=article, status=Status.LABELLING).order_by("start", "end", "id")
    held = ((claim, at[None] + at.get(claim.pk, [])) for claim in claims)
    return [ArticleRow(article, claim, 1, len(rows), _holders(rows, able)) for claim, rows in held]


def people_rows(project: Project) -> list[PersonRow]:
    """Everybody who may label, by name, with how much they hold."""
    rows = Assignment.objects.filter(project=project).exclude(article__status=Article.Status.CLOSED)
    units = Count("article__claims", filter=Q(article__claims__status__in=TO_LABEL))
    articles, claims = defaultdict[int, set[UUID]](set), defaultdict[int, int](int)
    for reviewer, article, claim, n in rows.values_list("reviewer_id", "article_id", "claim_id").annotate(n=units):
        articles[reviewer].add(article)
        claims[reviewer] += 1 if claim else n
    return [
        PersonRow(m.user.get_username(), m.role, len(articles[m.user_id]), claims[m.user_id])
        for m in who_may_label(project)
    ]


def share_rows(plan: Plan, people: Mapping[int, User]) -> list[ShareRow]:
    """Everybody's share of a plan, by name."""
    rows = [
        ShareRow(people[person].get_username(), load.kept, load.new, load.claims) for person, load in plan.loads.items()
    ]
    return sorted(rows, key=lambda row: row.name)


def _claims(articles: Sequence[Article]) -> dict[UUID, list[UUID]]:
    rows = Claim.objects.filter(article__in=articles, status__in=TO_LABEL)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for article, claim in rows.values_list("article_id", "id"):
        found[article].append(claim)
    return found


def _places(project: Project, articles: Sequence[Article]) -> dict[UUID, list[Assignment]]:
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in assignments_of(project, articles):
        found[row.article_id].append(row)
    return found


def _able(project: Project) -> set[int]:
    return set(who_may_label(project).values_list("user_id", flat=True))


def _holders(places: Sequence[Assignment], able: set[int]) -> list[Holder]:
    """Everybody with a place, once: with how many claims, 0 for all of the article."""
    found: dict[int, Holder] = {}
    for row in places:
        before = found.get(row.reviewer_id)
        number = 0 if row.claim_id is None else (before.claims if before else 0) + 1
        found[row.reviewer_id] = Holder(row, number, row.reviewer_id in able)
    return sorted(found.values(), key=lambda holder: holder.assignment.reviewer.get_username())
