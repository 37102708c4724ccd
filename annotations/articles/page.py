"""What every page that shows an article's text has of it."""

from collections.abc import Collection
from typing import Any

from annotations.articles.forms import language_name
from annotations.articles.models import Article
from annotations.articles.paragraphs import direction, lines
from annotations.articles.queries import unresolved


def article_context(article: Article, heading_starts: Collection[int]) -> dict[str, Any]:
    """The article, its lines (headings begin at `heading_starts`), and what its missing provenance leaves open."""
    return {
        "article": article,
        "lines": lines(article.text, heading_starts),
        "direction": direction(article.language),
        "article_language": language_name(article.language),
        "unresolved": unresolved(article),
        "opening": article.title or article.text[:80].strip().partition("\n")[0],
        "section": "articles",
    }
