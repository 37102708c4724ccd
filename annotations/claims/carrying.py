"""Which claims of one version of a text stand in another: by an exact match, and never by a guess. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from annotations.claims.spans import Span, span_at


class Quote(NamedTuple):
    """The words of a claim, with what stands right before and after them."""

    exact: str
    prefix: str
    suffix: str


def carried(before: str, text: str, quotes: Sequence[Quote]) -> list[Span | None]:
    """The place in the text of each quote from the text before; None for one that a person has to place.

    A quote has a place where it stands once in both, alone or with all that stood around it. Two that would come to
    stand in one place have none.
    """
    found = [_place(before, text, quote) for quote in quotes]
    taken = Counter((span.start, span.end) for span in found if span)
    return [span if span and taken[span.start, span.end] == 1 else None for span in found]


def _place(before: str, text: str, quote: Quote) -> Span | None:
    whole = quote.prefix + quote.exact + quote.suffix
    for words, ahead in ((quote.exact, 0), (whole, len(quote.prefix))):
        first = _only(text, words)
        if first is not None and _only(before, words) is not None:
            start = first + ahead
            return span_at(text, start, start + len(quote.exact))
    return None


def _only(text: str, words: str) -> int | None:
    """Where the words stand, if they stand there once."""
    first = text.find(words)
    return first if first >= 0 and text.find(words, first + 1) < 0 else None
