"""Claims to look at again under a new version of the codebook: closed ones alone, through what the reader may see.

Nothing is stored but who looked. A label asks for a second look where the rule it names is not what it was when the
claim was last looked at (when it was labelled, or under a later version), or where a version since then has new rules
that ask for its kind of label.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from annotations.adjudication.models import SecondLook
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.codebooks.changes import Change, asked_since, asks_again, changes, texts
from annotations.codebooks.models import Codebook
from annotations.codebooks.queries import codebooks_of
from annotations.labelling.queries import visible_labels
from annotations.projects.models import Project
from annotations.projects.queries import Person

OVER = (Status.VOID, Status.WITHDRAWN)


class Reason(NamedTuple):
    """Why a claim is to be looked at again: a rule (empty where new rules ask), what became of it, the label."""

    rule: str
    change: str
    label: str


@dataclass(frozen=True)
class Asked:
    """The labels that a version of the codebook asks to look at again, and how many there are for which reason."""

    labels: QuerySet[Any]
    counts: dict[Reason, int]
    reasons: dict[tuple[UUID, str, str], Reason]

    def of(self, claims: Iterable[UUID]) -> dict[UUID, list[Reason]]:
        """Why each of these claims is to be looked at again."""
        found: dict[UUID, list[Reason]] = defaultdict(list)
        rows = self.labels.filter(claim__in=list(claims)).order_by("counted__rule", "counted__label")
        for claim, *said in rows.values_list("claim", "base", "counted__rule", "counted__label"):
            reason = self.reasons[said[0], said[1], said[2]]
            if reason not in found[claim]:
                found[claim].append(reason)
        return dict(found)


@dataclass(frozen=True)
class Preview:
    """What a version that is not in force yet changes, and what it asks to look at again."""

    changes: list[Change]
    asked: Asked
    claims: QuerySet[Claim]


def waiting(user: Person, project: Project) -> tuple[Asked, QuerySet[Claim]]:
    """What the version in force asks to look at again and nobody has yet, and the claims in the order of the text."""
    asked = _asked(user, project, list(codebooks_of(project).reverse()))
    return asked, _claims(user, asked)


def preview(user: Person, project: Project, *, rules: list[dict[str, str]], again: list[str]) -> Preview:
    """The same as it would be under a new version with these rules that asks for these labels; nothing is written."""
    versions = list(codebooks_of(project).reverse())
    asked = _asked(user, project, [*versions, Codebook(project=project, rules=rules, again=again)])
    before = versions[-1].rules if versions else []
    return Preview(changes(before, rules), asked, _claims(user, asked))


def reasons_for(user: Person, claim: Claim) -> list[Reason]:
    """Why this claim is to be looked at again; nothing where it is not."""
    asked = _asked(user, claim.project, list(codebooks_of(claim.project).reverse()), claim=claim)
    return asked.of([claim.pk]).get(claim.pk, [])


def _asked(user: Person, project: Project, versions: Sequence[Codebook], *, claim: Claim | None = None) -> Asked:
    """Of the counted labels on closed claims (or on this one) those that the last of these versions, which come oldest
    first, asks for."""
    labels = _looked_at(user, project)
    if len(versions) < 2:
        return Asked(labels.none(), {}, {})
    if claim:
        labels = labels.filter(claim=claim)
    groups = labels.order_by().values_list("base", "counted__rule", "counted__label").annotate(number=Count("pk"))
    place = {version.pk: number for number, version in enumerate(versions)}
    after, wanted = texts(versions[-1].rules), Q(pk__in=[])
    counts: dict[Reason, int] = defaultdict(int)
    reasons: dict[tuple[UUID, str, str], Reason] = {}
    for base, rule, label, number in groups:
        since = asked_since(version.again for version in versions[place[base] + 1 :])
        change = asks_again(rule, label, before=texts(versions[place[base]].rules), after=after, again=since)
        if change:
            reason = Reason("" if change == "new" else rule, change, label)
            reasons[base, rule, label] = reason
            counts[reason] += number
            wanted |= Q(base=base, counted__rule=rule, counted__label=label)
    return Asked(labels.filter(wanted), dict(sorted(counts.items())), reasons)


def _looked_at(user: Person, project: Project) -> QuerySet[Any]:
    """The counted labels on closed claims; `base` is the version under which each was last looked at."""
    looks = SecondLook.objects.filter(claim=OuterRef("claim")).order_by("-looked_at", "-id").values("codebook")[:1]
    rows = visible_labels(user).filter(claim__project=project, claim__labelling_closed_at__isnull=False)
    counted = rows.filter(counted__isnull=False).exclude(claim__status__in=OVER)
    return counted.annotate(base=Coalesce(Subquery(looks), F("counted__codebook_id"), output_field=UUIDField()))


def _claims(user: Person, asked: Asked) -> QuerySet[Claim]:
    rows = visible_claims(user).filter(pk__in=asked.labels.order_by().values("claim"))
    return (
        rows.select_related("article")
        .defer("article__text")
        .order_by("article__created_at", "article_id", "start", "end", "id")
    )
