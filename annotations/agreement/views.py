"""The page of agreement."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.requests import PageRequest
from annotations.agreement import measures
from annotations.agreement.charts import Figure, chart
from annotations.agreement.pairs import pair_table
from annotations.agreement.queries import (
    Mark,
    counted_marks,
    evidence_of,
    kind_agreement_of,
    ratings_by,
    ratings_from,
    seed_of,
    verdicts_of,
)
from annotations.agreement.ratings import CATEGORIES, Ratings
from annotations.agreement.report import Count, Summary, summary
from annotations.articles.queries import opening_line, visible_articles
from annotations.claims.models import ContentKind, LabelValue
from annotations.claims.wording import CONTENT_KINDS, LABELS
from annotations.codebooks.queries import codebooks_of
from annotations.labelling.room import LETTERS
from annotations.projects.models import Project
from annotations.projects.queries import membership_in

Words = str | Promise

A_PAGE = 50
OTHERS = (
    ("percent", _("Percent agreement"), _("The share of pairs of labels that are equal. Chance is not taken off.")),
    ("ac1", _("Gwet’s AC1"), _("Agreement beyond chance that stays steady where one label is rare.")),
    ("fleiss", _("Fleiss’ kappa"), _("Agreement beyond chance, only where every claim has the same number of labels.")),
    ("scott", _("Scott’s pi"), _("The same for two reviewers, over the claims that both labelled.")),
    (
        "brennan_prediger",
        _("Brennan and Prediger’s kappa"),
        _("Agreement beyond what three equally likely labels would give."),
    ),
)


@dataclass
class Part:
    """The agreement of an article, or of the labels made under one version of the codebook."""

    name: str
    key: UUID
    ratings: Ratings

    @cached_property
    def alpha(self) -> measures.Figure:
        """Computed where it is shown or sorted by: a project may have thousands of articles."""
        return measures.alpha(self.ratings)

    @cached_property
    def percent(self) -> measures.Figure:
        """The same for percent agreement."""
        return measures.percent(self.ratings)


@require_safe
@login_required
def agreement(request: PageRequest, slug: str) -> HttpResponse:
    """Alpha first, then everything beside it, over closed claims alone."""
    membership = membership_in(request.user, slug)
    project = membership.project
    marks = counted_marks(project)
    ratings = ratings_from(marks)
    figures = summary(ratings, seed=seed_of(project))
    sort = request.GET.get("sort", "article")
    context: dict[str, Any] = {
        "membership": membership,
        "section": "agreement",
        "figures": figures,
        "alpha_chart": chart([Figure("", figures["alpha"], figures["ci"], figures["undefined_reason"])]),
        "labels": [(*row, given) for row, given in zip(_labels(figures), _given(ratings), strict=True)],
        "label_chart": chart(_label_figures(figures)),
        "others": _others(figures),
        "pairs": _pairs(ratings),
        "page": Paginator(_sorted(_articles(request.user, project, marks), sort), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "sort": sort,
        "versions": _versions(project, marks),
        **_apart(project),
    }
    return render(request, "annotations/agreement/agreement.html", context)


def _apart(project: Project) -> dict[str, Any]:
    """What they agree on beside labels: content kinds, verdicts, evidence; never mixed into one number."""
    kinds = kind_agreement_of(project)
    evidence, blind = evidence_of(project)
    return {
        "kinds": kinds,
        "kind_rows": [
            (CONTENT_KINDS[ContentKind(kind)][1], value, kinds["undefined"].get(f"per_label.{kind}"))
            for kind, value in kinds["per_label"].items()
        ],
        "verdicts": verdicts_of(project),
        "evidence": evidence,
        "evidence_blind": blind,
    }


def _others(figures: Summary) -> list[tuple[Words, float | None, str | None, Words, Count]]:
    values: dict[str, Any] = {**figures}
    return [
        (words, values[name], figures["undefined"].get(name), means, figures["counts"][name])
        for name, words, means in OTHERS
    ]


def _labels(figures: Summary) -> list[tuple[str, float | None, str | None]]:
    undefined = figures["undefined"]
    return [(label, value, undefined.get(f"per_label.{label}")) for label, value in figures["per_label"].items()]


def _given(ratings: Ratings) -> list[int]:
    """How often each label was given among those that the figures rest on, in the order of CATEGORIES."""
    return [
        sum(count * tally[place] for tally, count in ratings.tallies.items() if sum(tally) > 1)
        for place in range(len(CATEGORIES))
    ]


def _label_figures(figures: Summary) -> list[Figure]:
    rows = [(LABELS[LabelValue(label)], value, reason) for label, value, reason in _labels(figures)]
    return [Figure(f"{glyph} {name}", value, None, reason) for (_key, glyph, name), value, reason in rows]


def _pairs(ratings: Ratings) -> dict[str, Any]:
    table = pair_table(ratings)
    rows = [(label, list(zip(CATEGORIES, row, strict=True))) for label, row in zip(CATEGORIES, table.rows, strict=True)]
    heads = [
        (label, f"{LABELS[LabelValue(label)][1]} {LETTERS[LabelValue(label)]}", LABELS[LabelValue(label)][2])
        for label in CATEGORIES
    ]
    return {"labels": heads, "rows": rows, "total": table.total}


def _articles(user: User, project: Project, marks: list[Mark]) -> list[Part]:
    rows = visible_articles(user).filter(project=project).order_by("created_at", "id")
    ratings = ratings_by("article", marks)
    named = rows.annotate(opening=opening_line()).values_list("pk", "title", "opening")
    return [Part(title or opening, key, ratings[key]) for key, title, opening in named if key in ratings]


def _versions(project: Project, marks: list[Mark]) -> list[Part]:
    """The codebook versions apart, where there are several: figures over labels of different ones mix two questions."""
    ratings = ratings_by("codebook", marks)
    if len(ratings) < 2:
        return []
    return [Part(each.version, each.pk, ratings[each.pk]) for each in codebooks_of(project) if each.pk in ratings]


def _sorted(parts: list[Part], sort: str) -> list[Part]:
    """By what the address asks for (`-` before it turns it round); what has no figure comes last either way."""
    name, turned = sort.removeprefix("-"), sort.startswith("-")
    if name in ("alpha", "percent"):
        having = [part for part in parts if getattr(part, name).value is not None]
        having.sort(key=lambda part: getattr(part, name).value, reverse=turned)
        return having + [part for part in parts if getattr(part, name).value is None]
    if name == "claims":
        return sorted(parts, key=lambda part: part.ratings.n_claims, reverse=turned)
    return parts[::-1] if turned else parts
