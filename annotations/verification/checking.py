"""The claims of a project that are or were to be checked: narrowed, sorted, counted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.claims.models import Claim, ContentKind, LabelValue, Status
from annotations.claims.queries import visible_claims
from annotations.projects.models import Project
from annotations.projects.queries import Person
from annotations.verification.models import Aspect, Check, Plan, Priority
from annotations.verification.transitions import ADVANCE

# What each aspect is asked of; the rule for one claim is `transitions.required_aspects`.
ASKED: dict[str, Q] = {
    Aspect.ATTRIBUTION: Q(label=LabelValue.ATTRIBUTED),
    Aspect.CONTENT: Q(label=LabelValue.VERIFIABLE) | Q(label=LabelValue.ATTRIBUTED, content_kind=ContentKind.FACT),
}
# Somebody has something to do.
WAITING = (
    Status.DISPUTED,
    Status.AGREED,
    Status.RESEARCHING,
    Status.PROPOSED,
    Status.CHALLENGED,
    Status.STALE,
)
DONE = (Status.VERIFIED, Status.PUBLISHED, Status.CORRECTED)
SORTS: Mapping[str, tuple[str, ...]] = {
    "text": ("article__created_at", "article_id", "start", "end"),
    "proposition": ("proposition",),
    "article": ("article__title", "start"),
    "status": ("status",),
    "moved": ("moved_at",),
    "assignee": ("plan__assignee__username",),
    "priority": ("priority",),
    "due": ("plan__due_on",),
}


def to_check(user: Person, project: Project) -> QuerySet[Claim]:
    """Claims whose labelling has closed and that are checked by their label, or disputed; void ones are left out."""
    asked = Q(status=Status.DISPUTED) | ASKED[Aspect.ATTRIBUTION] | ASKED[Aspect.CONTENT]
    rows = visible_claims(user).filter(project=project, article__project=project, labelling_closed_at__isnull=False)
    return rows.filter(asked).exclude(status=Status.VOID)


def planned(
    rows: QuerySet[Claim], user: Person, *, who: str = "", priority: str = "", due: str = ""
) -> QuerySet[Claim]:
    """Of these claims those that are the user's to check (`mine`), nobody's, of a priority, or overdue."""
    if who:
        rows = rows.filter(plan__assignee=user.pk if who == "mine" else None)
    if priority:
        wanted = Priority[priority.upper()]
        rows = rows.filter(
            Q(plan__priority=wanted) | Q(plan=None) if wanted == Priority.NORMAL else Q(plan__priority=wanted)
        )
    if due:
        rows = rows.filter(plan__due_on__lt=timezone.localdate(), status__in=WAITING)
    return rows


def is_overdue(claim: Claim, plan: Plan | None) -> bool:
    """Whether the day of the plan has passed (in UTC) and somebody still has something to do."""
    due_on = plan.due_on if plan else None
    return due_on is not None and due_on < timezone.localdate() and claim.status in WAITING


def narrowed(rows: QuerySet[Claim], *, q: str = "", status: str = "", aspect: str = "") -> QuerySet[Claim]:
    """Of these claims those whose proposition or quote has `q`, and that are of `status`.

    `status` is empty for what waits for somebody and `all` for everything; with `aspect` it is the status of that
    aspect, and claims that aspect is not asked of are left out.
    """
    if q.strip():
        rows = rows.filter(Q(proposition__icontains=q.strip()) | Q(exact__icontains=q.strip()))
    if aspect:
        rows = rows.filter(ASKED[aspect])
    wanted = list(WAITING) if not status else [] if status == "all" else [status]
    if not wanted:
        return rows
    return rows.filter(_stands(aspect, wanted) if aspect else Q(status__in=wanted))


def _stands(aspect: str, wanted: list[Any]) -> Q:
    """The aspect has one of the statuses: of its own while the claim is under check, else the claim's."""
    checks = Check.objects.filter(claim=OuterRef("pk"), aspect=aspect)
    begun = Q(Exists(checks.filter(status__in=wanted)))
    if Status.RESEARCHING in wanted:
        begun |= ~Q(Exists(checks))
    checked = Q(status__in=ADVANCE)
    return (checked & begun) | (~checked & Q(status__in=wanted))


def in_order(rows: QuerySet[Claim], sort: str) -> QuerySet[Claim]:
    """Claims by one of SORTS (`-` before it turns it round), with their articles and checks."""
    name, turned = sort.removeprefix("-"), sort.startswith("-")
    order = [F(path).desc(nulls_last=True) if turned else F(path).asc() for path in SORTS.get(name, SORTS["text"])]
    checks = Prefetch("checks", queryset=Check.objects.order_by("aspect"))
    with_parts = rows.select_related("article", "plan__assignee").prefetch_related(checks).defer("article__text")
    priority = Coalesce("plan__priority", Priority.NORMAL.value)
    last = Check.objects.filter(claim=OuterRef("pk")).order_by("-status_since").values("status_since")[:1]
    return with_parts.annotate(moved_at=Subquery(last), priority=priority).order_by(*order, "id")


def standing(user: Person, project: Project) -> dict[str, int]:
    """How many claims of `to_check` are of each status, in the order of a claim's way."""
    rows = to_check(user, project).order_by().values_list("status").annotate(number=Count("pk"))
    found = dict(rows)
    return {status: found[status] for status in Status.values if status in found}


def evidence_counts(evidence: QuerySet[Any]) -> dict[UUID, int]:
    """How many of these pieces of evidence each source has."""
    return dict(evidence.order_by().values_list("source_id").annotate(number=Count("pk")))
