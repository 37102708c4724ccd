"""What every page that shows an article's text has of it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from annotations.articles.forms import language_name
from annotations.articles.models import Article
from annotations.articles.paragraphs import Line, direction, lines, stretches
from annotations.articles.queries import name_of, unresolved

LONG = 50_000  # code points from which a browser lays out only what is near its window, by stretches


def article_context(article: Article, heading_starts: Collection[int]) -> dict[str, Any]:
    """The article, its text as HTML (headings begin at `heading_starts`), and what missing provenance leaves open."""
    return {
        "article": article,
        "drawn": drawn(article.text, heading_starts),
        "direction": direction(article.language),
        "article_language": language_name(article.language),
        "unresolved": unresolved(article),
        "opening": name_of(article),
        "section": "articles",
    }


def drawn(text: str, heading_starts: Collection[int] = ()) -> SafeString:
    """A text as HTML: each line an element of its own, in stretches where it is long; together the text, character for
    character.

    Not a template's loop: a text of 2,000 lines is on every page that shows it.
    """
    all_lines = lines(text, heading_starts)
    html = "".join(map(_stretch, stretches(all_lines)) if len(text) > LONG else map(_line, all_lines))
    return mark_safe(html)  # noqa: S308  # _line escapes all it is given


def _stretch(text: Iterable[Line]) -> str:
    return f'<div class="stretch">{"".join(map(_line, text))}</div>'


def _line(line: Line) -> str:
    tag, blank = ("h2", "") if line.is_heading else ("p", ' class="blank"' if line.is_blank else "")
    return f'<{tag} dir="auto"{blank}>{escape(line.content)}</{tag}>'
