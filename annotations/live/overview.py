"""What goes on in a project, as far as one person may know of it: counts, articles, the next step.

Everything is read through `visible_claims`, so an open claim counts as labelling and nothing moves with others' labels.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import opening_line, visible_articles
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.gate import needs_training
from annotations.labelling.models import Label
from annotations.labelling.queries import Progress, article_progress, waiting
from annotations.live.judging import Step, judging, some
from annotations.live.pictures import PATTERNS
from annotations.projects.access import Action, may
from annotations.projects.models import Membership, Project

# In the order of a claim's way; what is draft, void or withdrawn is no progress.
WAY = [status for status in Status if status not in (Status.DRAFT, Status.VOID)]
SETTLED = (Status.CLOSED, Status.VERIFIED, Status.PUBLISHED, Status.CORRECTED)


@dataclass(frozen=True)
class Part:
    """One part of a bar: a status, its number of claims, and where it lies on a bar 100 wide."""

    status: str
    number: int
    start: float
    width: float

    @property
    def pattern(self) -> str:
        """What is drawn over it, so that it differs without colour too; nothing where it is plain."""
        return PATTERNS.get(self.status, "")


def parts(counts: dict[str, int]) -> list[Part]:
    """The parts of a bar in the order of a claim's way."""
    whole = sum(counts.get(status, 0) for status in WAY)
    found, start = [], 0.0
    for status in WAY:
        if number := counts.get(status, 0):
            width = 100 * number / whole
            found.append(Part(status.value, number, round(start, 3), round(width, 3)))
            start += width
    return found


@dataclass(frozen=True)
class Standing:
    """How many claims stand where."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def claims(self) -> int:
        """All claims but void ones and drafts."""
        return sum(number for status, number in self.counts.items() if status in WAY)

    @property
    def settled(self) -> int:
        """Those at an end: closed, verified, published or corrected."""
        return sum(self.counts.get(status, 0) for status in SETTLED)

    @property
    def parts(self) -> list[Part]:
        """The bar."""
        return parts(self.counts)


def standings(user: User, projects: Iterable[int]) -> dict[int, Standing]:
    """How the claims that the user may know of stand, by project."""
    return {key: Standing(counts) for key, counts in _counted(visible_claims(user), "project_id", projects).items()}


def article_standings(user: User, articles: Iterable[Article]) -> dict[UUID, Standing]:
    """The same by article."""
    keys = [article.pk for article in articles]
    return {key: Standing(counts) for key, counts in _counted(visible_claims(user), "article_id", keys).items()}


def _counted(claims: QuerySet[Claim], by: str, keys: Iterable[object]) -> dict[Any, dict[str, int]]:
    rows = claims.filter(**{f"{by}__in": list(keys)}).order_by().values_list(by, "status").annotate(number=Count("pk"))
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for key, status, number in rows:
        found[key][status] = number
    return found


def named(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The articles without their texts; `begins` names one that has no title."""
    return articles.annotate(begins=opening_line()).defer("text")


@dataclass(frozen=True)
class Mine:
    """What waits for one person's labels: claims not handed in, and how many of them have no label yet."""

    waiting: int
    unlabelled: int


def my_work(user: User, project: Project) -> Mine:
    """The user's own queue in numbers."""
    claims = waiting(user, project)
    saved = Exists(Label.objects.filter(claim=OuterRef("pk"), reviewer_id=user.pk))
    return Mine(claims.count(), claims.filter(~saved).count())


def next_steps(user: User, membership: Membership, standing: Standing) -> list[Step]:
    """What waits for this member, most pressing first. For who decides, labelling comes last: it bars from deciding."""
    project, role = membership.project, membership.role
    steps = _labelling(user, project, role) if may(role, Action.LABEL) and not may(role, Action.DECIDE) else []
    steps += judging(user, membership, standing.counts)
    if may(role, Action.PROPOSE_VERDICT):
        research = standing.counts.get(Status.AGREED, 0) + standing.counts.get(Status.RESEARCHING, 0)
        steps += some("research", research)
    if may(role, Action.EDIT_ARTICLES):
        steps += _managing(user, project, standing)
    if may(role, Action.DECIDE):
        steps += _labelling(user, project, role, kind="may_label")
    return steps


def _labelling(user: User, project: Project, role: str, *, kind: str = "label") -> list[Step]:
    if project.training and needs_training(user, project.pk, role):
        return [Step("train", 1)]
    mine = my_work(user, project)
    return some(kind, mine.unlabelled) or some("hand_in", mine.waiting)


def _managing(user: User, project: Project, standing: Standing) -> list[Step]:
    articles = visible_articles(user).filter(project=project)
    if not articles.exists():
        return [Step("import")]
    drafts = articles.filter(status=Article.Status.DRAFT).order_by("created_at")
    first = drafts.first()
    opening = [Step("open", drafts.count(), first)] if first else []
    return opening + some("release", standing.counts.get(Status.VERIFIED, 0))


def labelling_progress(user: User, articles: Iterable[Article]) -> dict[UUID, Progress]:
    """How far labelling of open articles is, where the user may know it."""
    found = {a.pk: article_progress(user, a) for a in articles if a.status == Article.Status.OPEN}
    return {key: progress for key, progress in found.items() if progress}
