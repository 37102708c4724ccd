"""Closed claims of a project that can be taken as gold: what their form begins with."""

from typing import Any

from django.db.models import F, QuerySet

from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.projects.models import Project
from annotations.projects.queries import Person
from annotations.training.placing import paragraph

LISTED = 100  # how many are offered, the last that closed first
LONGEST = 2_000  # code points of a claim that is short enough to be learned from
# Their label is doubted, or nobody goes on with them.
DOUBTED = (Status.DISPUTED, Status.CHALLENGED, Status.VOID, Status.WITHDRAWN)


def settled_claims(user: Person, project: Project) -> QuerySet[Claim]:
    """Claims whose labelling has closed and whose label is settled and not doubted, the last that closed first."""
    rows = visible_claims(user).filter(project=project, labelling_closed_at__isnull=False, label__isnull=False)
    short = rows.exclude(status__in=DOUBTED).filter(end__lte=F("start") + LONGEST)
    return short.order_by("-labelling_closed_at", "-id")


def as_gold(claim: Claim) -> dict[str, Any]:
    """What the form of a gold claim begins with: the claim in its paragraph, and as why the reason or the rule."""
    rules = {rule["id"]: rule["text"] for rule in claim.project.codebook.rules} if claim.project.codebook else {}
    given = claim.labels.filter(counted__label=claim.label).values_list("counted__rule", flat=True).distinct()
    named = [rule for rule in given if rule in rules]
    rule = named[0] if len(named) == 1 else ""
    reason = claim.decisions.order_by("-created_at").values_list("reason", flat=True).first()
    return {
        "text": paragraph(claim.article.text, claim.start, claim.end),
        "exact": claim.exact,
        "language": claim.article.language,
        "label": claim.label,
        "content_kind": claim.content_kind,
        "why": reason or rules.get(rule, ""),
        "rule": rule,
    }
