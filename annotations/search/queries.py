"""What a person finds: claims, articles and sources they may see, all through the queries of these.

A row is found where every term stands in it, at the beginning of a word (full text) or else inside one (trigrams); the
former come first, newer ones before older. The functions of the database stand in the migration `search`.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Func, Model, Q, QuerySet, Value

from annotations.articles.queries import visible_articles
from annotations.claims.models import Status
from annotations.claims.queries import visible_claims
from annotations.projects.models import Project
from annotations.projects.queries import Person
from annotations.search.models import Searchable
from annotations.search.terms import inside_words
from annotations.verification.queries import visible_sources


class Kind(StrEnum):
    """What can be found, in the order in which it is shown."""

    CLAIM = "claim"
    ARTICLE = "article"
    SOURCE = "source"


ORDERING = ("place", "-id")


class Hits:
    """Rows of several queries one after the other; behaves as the part of a queryset that pages need.

    Each query's rows carry a `place`, their query's number. A later query runs only where the ones before it do not
    fill what is asked for.
    """

    def __init__(self, parts: Sequence[QuerySet[Any]]) -> None:
        self.parts = parts

    def order_by(self, *names: str) -> "Hits":
        """By `place` first, one way or the other, then as named."""
        parts = [part.order_by(*names[1:]) for part in self.parts]
        return Hits(parts[::-1] if names[0].startswith("-") else parts)

    def filter(self, condition: Q) -> "Hits":
        """Those that fulfil the condition."""
        return Hits([part.filter(condition) for part in self.parts])

    def count(self) -> int:
        """How many there are."""
        return sum(part.count() for part in self.parts)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Model]:
        rows: list[Model] = []
        for part in self.parts:
            if len(rows) >= wanted.stop:
                break
            rows += part[: wanted.stop - len(rows)]
        return rows[wanted]


def found(user: Person, project: Project, terms: Sequence[str], kinds: Iterable[Kind] = Kind) -> Hits:
    """What of these kinds the user may see and has every one of the terms, in `ORDERING`."""
    parts: list[QuerySet[Any]] = []
    for kind in kinds:
        seen, texts = _seen(user, project, kind), Searchable.objects.filter(project=project, kind=kind.value)
        at_beginnings = _all(_begins(term) for term in terms)
        place = 2 * list(Kind).index(kind)
        parts.append(_those(seen, place, texts.filter(at_beginnings)))
        if any(map(inside_words, terms)):
            inside = _all(_inside(term) if inside_words(term) else _begins(term) for term in terms)
            parts.append(_those(seen, place + 1, texts.filter(inside, ~at_beginnings)))
    return Hits(parts).order_by(*ORDERING)


def _those(seen: QuerySet[Any], place: int, texts: QuerySet[Searchable]) -> QuerySet[Any]:
    rows: QuerySet[Any] = seen.annotate(place=Value(place)).filter(pk__in=texts.values("pk"))
    return rows


def _seen(user: Person, project: Project, kind: Kind) -> QuerySet[Any]:
    """What the user may see, as far as results show it."""
    if kind == Kind.CLAIM:
        claims = visible_claims(user).filter(project=project).exclude(status=Status.VOID)
        return claims.select_related("article").defer("article__text")
    if kind == Kind.ARTICLE:
        return visible_articles(user).filter(project=project)
    return visible_sources(user, project)


class _Matches(Func):
    """Whether the full-text document of a row fulfils a query."""

    template, output_field = "words @@ annotations_wanted(%(expressions)s)", BooleanField()


class _Like(Func):
    """Whether the plain text of a row has a term."""

    template, output_field = "plain LIKE annotations_pattern(%(expressions)s)", BooleanField()


def _begins(term: str) -> Q:
    return Q(_Matches(Value(term)))


def _inside(term: str) -> Q:
    return Q(_Like(Value(term)))


def _all(conditions: Iterable[Q]) -> Q:
    whole = Q()
    for condition in conditions:
        whole &= condition
    return whole
