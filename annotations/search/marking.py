"""Where the terms of a query stand in a text, whatever accents and vowel marks it is written with. Pure.

The database finds rows by folded text; here the original is searched with a pattern that allows for what folding
leaves out, so that every place is exact in the original.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

# Latin, Greek and Cyrillic letters with their accented forms, and the forms of alef.
ACCENTED = (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
ALEF = "اأإآٱ"
MARKS = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]*"
BEFORE, AFTER, WORD = 60, 140, 20  # characters of an excerpt before and after its first hit; to look for a word's end


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    hit: bool


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the terms, longer ones first."""
    ordered = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(MARKS.join(map(_letter, _bare(term))) + MARKS for term in ordered), re.IGNORECASE)


def marked(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The whole text in pieces, which together are the text."""
    return _pieces(text, 0, len(text), pattern)


def excerpt(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The words around the first hit, in pieces, with … where the text goes on; the beginning where nothing is hit."""
    first = pattern.search(text)
    start = _edge(text, first.start() - BEFORE, 1) if first else 0
    end = _edge(text, (first.end() if first else BEFORE) + AFTER, -1)
    found = _pieces(text, start, end, pattern)
    return [
        *([Piece("… ", False)] if start else []),
        *found,
        *([Piece(" …", False)] if end < len(text) else []),
    ]


def hits(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern stands in the text."""
    return pattern.search(text) is not None


def _pieces(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[Piece]:
    found: list[Piece] = []
    place = start
    for match in pattern.finditer(text, start, end):
        found += [Piece(text[place : match.start()], False), Piece(match[0], True)]
        place = match.end()
    return [piece for piece in [*found, Piece(text[place:end], False)] if piece.text]


def _edge(text: str, place: int, step: int) -> int:
    """The nearest end of a word from `place`, going forward or backward; `place` itself where none is near."""
    if place <= 0 or place >= len(text):
        return max(0, min(place, len(text)))
    near: Sequence[int] = range(place, place + step * WORD, step)
    return next((at for at in near if 0 < at < len(text) and text[at].isspace()), place)


def _bare(term: str) -> str:
    """The term without marks and accents, as it may be typed."""
    return "".join(char for char in unicodedata.normalize("NFD", term) if not unicodedata.combining(char)) or term


def _letter(char: str) -> str:
    """One letter and all that is folded into it."""
    forms = ALEF if char in ALEF else _forms().get(char.lower(), "")
    return f"[{re.escape(char + forms)}]"


@cache
def _forms() -> dict[str, str]:
    """The accented forms of each letter that has some."""
    found: dict[str, str] = defaultdict(str)
    for code in ACCENTED:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            found[base.lower()] += chr(code)
    return dict(found)
