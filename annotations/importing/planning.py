"""What a file would make in a project: read, placed and compared with what is here. Nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.normalisation import TextRejected, normalise, storable
from annotations.articles.provenance import checked, refuse_day_to_come
from annotations.articles.services import LANGUAGE
from annotations.claims.models import Claim, Kind, Status
from annotations.errors import InvalidInput
from annotations.fetching.places import place
from annotations.importing.naming import Names, meant, unwanted
from annotations.importing.outside import Aside, Document, OutsideSource, Read, shown
from annotations.importing.placing import Placed, placed
from annotations.importing.tallying import Tally, called
from annotations.labelling.outside import Heard, Span
from annotations.messages import gettext as _
from annotations.messages import ngettext
from annotations.projects.models import Project
from annotations.verification.queries import source_at, visible_sources

FIELDS = ("title", "url", "publisher", "author", "published_on", "language")
REMEMBERED = 8  # articles; a text may have 5 MB
SOURCE_FIELDS = ("title", "url", "publisher", "published_on")


@dataclass
class ArticleStep:
    """One text with the claims it gets: a new article, or one that is here (`article`).

    `said` is what was said of spans in the other tool, also of those that are claims already.
    """

    item: str
    text: str
    known: dict[str, Any]
    article: Article | None
    claims: list[dict[str, Any]]
    said: dict[Span, list[Heard]]


@dataclass
class SourceStep:
    """One source that is not here yet."""

    item: str
    known: dict[str, Any]


Step = ArticleStep | SourceStep


class Planner:
    """Turns what a file has into steps, one after the other, and counts in `tally` what they are and what is not."""

    def __init__(self, actor: User, project: Project, names: Names) -> None:
        self.tally = Tally()
        self._actor, self._project, self._names = actor, project, names
        self._planned: dict[str, set[tuple[int, int]]] = {}  # spans of articles that this file makes, by their hash
        self._sources: set[str] = set()
        self._remembered: dict[tuple[str, tuple[UUID, ...]], list[Article]] = {}

    def steps(self, reads: Iterable[Read]) -> Iterator[Step]:
        """What there is to do for each of the things read; several documents of one text are one article."""
        for each in reads:
            if isinstance(each, Aside):
                self.tally.aside(each)
            elif isinstance(each, OutsideSource):
                yield from self._source(each)
            else:
                yield from self._document(each)

    def _document(self, document: Document) -> Iterator[ArticleStep]:
        about = self._text_of(document)
        if isinstance(about, Aside):
            self.tally.aside(about)
            return
        text, sha256, article = about
        taken = self._planned.setdefault(sha256, _spans_of(article) if article else set())
        found = list(self._claims(document, text))
        claims = [_wanted(claim) for claim in found if _span(claim) not in taken]
        self.tally.claims_here += len(found) - len(claims)
        if claims and article and article.status != Article.Status.DRAFT:
            told = ngettext(
                "%(n)s claim: its article has left the draft, so its units are fixed.",
                "%(n)s claims: their article has left the draft, so its units are fixed.",
                len(claims),
            )
            self.tally.aside(Aside(document.item, told))
            claims = []
        taken.update((claim["start"], claim["end"]) for claim in claims)
        self.tally.claims += len(claims)
        known = {} if article else self._provenance(document.item, document.known, FIELDS)
        said = {_span(claim): self._heard(claim) for claim in found if claim.said}
        yield ArticleStep(document.item, document.text or "", known, article, claims, said)

    def _text_of(self, document: Document) -> tuple[str, str, Article | None] | Aside:
        """The stored text of a document, its SHA-256, and the article that has it."""
        if document.text is None:
            found = self._article(document)
            if isinstance(found, Aside):
                return found
            self.tally.articles_here += found.sha256 not in self._planned
            return found.text, found.sha256, found
        try:
            stored = normalise(document.text)
        except TextRejected as error:
            return Aside(document.item, error.message)
        article = None
        if stored.sha256 in self._planned or stored.sha256 in self._hashes:
            article = Article.objects.filter(project=self._project, sha256=stored.sha256).defer("text").first()
        if stored.sha256 not in self._planned:
            self.tally.articles += article is None
            self.tally.articles_here += article is not None
        return stored.text, stored.sha256, article

    def _article(self, document: Document) -> Article | Aside:
        """The article a document without a text is about, by its id, its hash or its address."""
        keys = [key for address in document.addresses for key in self._at.get(place(address), [])]
        if named := _uuid(document.id):
            keys.append(named)
        found = self._rows(document.sha256, tuple(sorted(set(keys))))
        if len(found) == 1:
            return found[0]
        what = shown(document.id or next(iter(document.addresses), "") or document.sha256)
        if found:
            return Aside(document.item, _("Several articles of this project have the address %(what)s.", what=what))
        told = _("This project has no article %(what)s. Bring its text in first, with this address.", what=what)
        return Aside(document.item, told)

    def _rows(self, sha256: str, keys: tuple[UUID, ...]) -> list[Article]:
        """Up to two articles, by hash or by id; the last ones are remembered, for a file may speak of one often."""
        wanted = (sha256, () if sha256 else keys)
        if wanted not in self._remembered:
            rows = Article.objects.filter(project=self._project)
            found = list((rows.filter(sha256=sha256) if sha256 else rows.filter(pk__in=keys))[:2])
            if len(self._remembered) >= REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))
            self._remembered[wanted] = found
        return self._remembered[wanted]

    @cached_property
    def _hashes(self) -> set[str]:
        """Of the articles that were here when the file was begun."""
        return set(Article.objects.filter(project=self._project).values_list("sha256", flat=True))

    @cached_property
    def _at(self) -> dict[str, list[UUID]]:
        """The project's articles by the place their addresses lead to."""
        at: dict[str, list[UUID]] = {}
        for key, url in Article.objects.filter(project=self._project).exclude(url="").values_list("id", "url"):
            at.setdefault(place(url), []).append(key)
        return at

    def _claims(self, document: Document, text: str) -> Iterator[Placed]:
        for claim in placed(document, text):
            if isinstance(claim, Aside):
                self.tally.aside(claim)
            elif unwanted(called(claim.said), self._names):
                self.tally.left_out += 1
            else:
                self.tally.heard(claim)
                yield claim

    def _heard(self, claim: Placed) -> list[Heard]:
        return [Heard(shown(each.annotator), shown(each.name), meant(each.name, self._names)) for each in claim.said]

    def _source(self, source: OutsideSource) -> Iterator[SourceStep]:
        known = self._provenance(source.item, source.known, SOURCE_FIELDS)
        key = place(known.get("url", "")) or known.get("title", "")
        if not key:
            self.tally.aside(Aside(source.item, _("This source has neither an address nor a title.")))
        elif key in self._sources or self._has_source(known):
            self.tally.sources_here += 1
        else:
            self._sources.add(key)
            self.tally.sources += 1
            yield SourceStep(source.item, known)

    def _has_source(self, known: dict[str, Any]) -> bool:
        if known.get("url"):
            return source_at(self._actor, self._project, known["url"]) is not None
        return visible_sources(self._actor, self._project).filter(url="", title=known["title"]).exists()

    def _provenance(self, item: str, given: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
        """What is told of where a text comes from, as far as it can be stored; the rest is left aside."""
        known: dict[str, Any] = {}
        for name in fields:
            if not (value := given.get(name)):
                continue
            try:
                known[name] = _field(name, value)
            except (ValidationError, InvalidInput):
                told = _("%(name)s cannot be stored: %(value)s.", name=name, value=shown(value))
                self.tally.aside(Aside(item, told))
        return known


def _field(name: str, value: Any) -> Any:
    if not isinstance(value, str) or not storable(value):
        raise InvalidInput("")
    if name == "published_on":
        day = checked({name: value[:10]})[name]
        refuse_day_to_come(day)
        return day
    if name == "language" and not LANGUAGE.fullmatch(value):
        raise InvalidInput("")
    return Article._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]  # a column, no relation


def _spans_of(article: Article) -> set[tuple[int, int]]:
    return set(Claim.objects.filter(article=article).exclude(status=Status.VOID).values_list("start", "end"))


def _span(claim: Placed) -> Span:
    return claim.span.start, claim.span.end


def _wanted(claim: Placed) -> dict[str, Any]:
    """The claim as `claims.services.add_claims` takes it."""
    kind = claim.kind if claim.kind in Kind.values else ""
    return {"start": claim.span.start, "end": claim.span.end, "kind": kind, "proposition": claim.proposition}


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
