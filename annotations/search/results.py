"""Results as pages and endpoints show them: a title, the words around what was found, and where it leads."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.search.marking import Piece, excerpt, hits, marked
from annotations.search.queries import Kind
from annotations.verification.source_models import Source


@dataclass(frozen=True)
class Result:
    """One thing that was found. `title` and `around` are in pieces, those that were looked for marked."""

    kind: Kind
    id: UUID
    title: list[Piece]
    around: list[Piece]
    language: str = ""
    article: Article | None = None
    status: str = ""
    url: str = ""


def result_of(row: Any, pattern: re.Pattern[str]) -> Result:
    """The result that a found row is."""
    if isinstance(row, Claim):
        return _claim(row, pattern)
    return _article(row, pattern) if isinstance(row, Article) else _source(row, pattern)


def _claim(claim: Claim, pattern: re.Pattern[str]) -> Result:
    """A claim by its proposition; its quote stands under it where the two differ and it has what was looked for."""
    title = claim.proposition or claim.exact
    quoted = claim.exact != title and hits(claim.exact, pattern)
    return Result(
        Kind.CLAIM,
        claim.pk,
        marked(title, pattern),
        excerpt(claim.exact, pattern) if quoted else [],
        language=claim.article.language,
        article=claim.article,
        status=claim.status,
    )


def _article(article: Article, pattern: re.Pattern[str]) -> Result:
    around = excerpt(article.text, pattern)
    title = article.title or article.text[:80]
    return Result(
        Kind.ARTICLE, article.pk, marked(title, pattern), around, language=article.language, status=article.status
    )


def _source(source: Source, pattern: re.Pattern[str]) -> Result:
    title = source.title or source.url
    details = " · ".join(part for part in (source.publisher, source.author, source.url) if part and part != title)
    return Result(Kind.SOURCE, source.pk, marked(title, pattern), marked(details, pattern), url=source.url)
