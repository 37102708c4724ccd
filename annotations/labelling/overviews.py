"""Rows of the pages that lead into articles: the list of a project's articles, and my queue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.forms import language_name
from annotations.articles.models import Article
from annotations.articles.queries import opening_line, visible_articles
from annotations.articles.wording import ARTICLE_STATUS_WORDS
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.holding import my_places
from annotations.labelling.models import Assignment
from annotations.labelling.progress import Mine, my_progress, my_words
from annotations.labelling.queries import queue
from annotations.projects.models import Project

# What the list is sorted by, in the address; the last column is one's own and cannot be.
SORTS: dict[str, tuple[str, Promise]] = {
    "title": ("title", _("Article")),
    "language": ("language", _("Language")),
    "status": ("status", _("Status")),
    "published": ("published_on", _("Published")),
    "added": ("created_at", _("Added")),
}


@dataclass(frozen=True)
class Row:
    """An article of the list; `share` is mine."""

    article: Article
    language: str
    status: str | Promise
    share: Mine | None


@dataclass(frozen=True)
class Group:
    """My next claims in one article, each by its number there, of `total`, with my label so far.

    `place` is my assignment, where all of the article is assigned to me.
    """

    article: Article
    share: Mine | None
    total: int
    claims: list[tuple[int, Claim, str]]
    place: Assignment | None


def sorted_articles(user: User, project: Project, status: str, sort: str) -> QuerySet[Article]:
    """The project's articles that the user may see, without their texts but with how they begin."""
    rows = visible_articles(user).filter(project=project).defer("text").annotate(opening=opening_line())
    if status in ARTICLE_STATUS_WORDS:
        rows = rows.filter(status=status)
    field, _word = SORTS.get(sort.removeprefix("-"), SORTS["added"])
    return rows.order_by(f"-{field}" if sort.startswith("-") else field, "id")


def listed(user: User, articles: Sequence[Article], *, labels: bool) -> list[Row]:
    """Rows of the list; with my share of each where I label at all."""
    shares = my_progress(user, articles) if labels else {}
    return [
        Row(each, language_name(each.language), ARTICLE_STATUS_WORDS[each.status], shares.get(each.pk))
        for each in articles
    ]


def columns(sort: str, *, labels: bool) -> list[dict[str, Any]]:
    """The list's columns: how each is sorted now, and what its link sorts by."""
    ways = {"": "none", sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    found: list[dict[str, Any]] = [
        {"name": name, "word": word, "aria": ways.get(name, "none"), "target": f"-{name}" if sort == name else name}
        for name, (_field, word) in SORTS.items()
    ]
    return [*found, {"name": "", "word": _("My labels")}] if labels else found


def queued(user: User, project: Project, most: int) -> tuple[list[Group], bool]:
    """The first `most` claims of my queue by article, and whether there are more."""
    rows = queue(user, project).select_related(None).select_related("article").defer("article__text")
    claims = list(rows[: most + 1])
    articles = {claim.article_id: claim.article for claim in claims}
    shares, words, numbers = my_progress(user, articles.values()), my_words(user, claims), _numbers(user, articles)
    places = {row.article_id: row for row in my_places(user, project)}
    groups = []
    for id, run in groupby(claims[:most], key=lambda claim: claim.article_id):
        of_one = [(numbers[id][claim.pk], claim, words.get(claim.pk, "")) for claim in run]
        groups.append(Group(articles[id], shares.get(id), len(numbers[id]), of_one, places.get(id)))
    return groups, len(claims) > most


def _numbers(user: User, articles: Iterable[UUID]) -> dict[UUID, dict[UUID, int]]:
    """The number of every claim in its article, as the room counts them."""
    rows = visible_claims(user).filter(article__in=articles).exclude(status=Status.VOID)
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for article, claim in rows.order_by("start", "end", "id").values_list("article_id", "id"):
        found[article][claim] = len(found[article]) + 1
    return found
