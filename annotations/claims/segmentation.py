"""Candidate claims of a text: its sentences, with headings kept apart. Pure.

A proposal is a place to begin with; people merge, split, trim, add and dismiss.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotations.articles.languages import detect_language
from annotations.claims.sentences import SPLITTER, sentences

__all__ = ["SPLITTER", "Proposal", "detect_language", "propose"]

_LINE = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"[-–—•*·▪◦‣]|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s")
_SENTENCE_END = tuple(".!?…:;,؟،؛۔。！？।")
_CLOSING_MARKS = "”’»“‘\"')]"
_WRAP_WIDTHS = range(40, 101)
_HEADING_LENGTH = 120
_HEADINGS_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate claim, in code points of the text, end exclusive, without white space at either end."""

    start: int
    end: int
    kind: Literal["sentence", "heading"]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A line of the text that is not blank, or the lines of a paragraph that was wrapped at a fixed width."""

    start: int
    content: str
    is_wrapped: bool = False


def propose(text: str, language: str = "en") -> list[Proposal]:
    """The candidate claims of a text, in order, none overlapping another.

    `language` is a language tag; of `en-GB` the `en` counts. Lines without a letter or digit give none.
    """
    subtag = re.split("[-_]", language.lower())[0]
    paragraphs = [each for each in _paragraphs(text) if any(map(str.isalnum, each.content))]
    headings = _headings(paragraphs)
    proposals: list[Proposal] = []
    for place, paragraph in enumerate(paragraphs):
        if place in headings:
            proposals.append(Proposal(paragraph.start, paragraph.start + len(paragraph.content), "heading"))
            continue
        for start, end in sentences(paragraph.content, subtag):
            proposals.append(Proposal(paragraph.start + start, paragraph.start + end, "sentence"))
    return proposals


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """What is split into sentences piece by piece: a sentence never goes on over the end of one of these."""
    block: list[_Paragraph] = []
    end_of_last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        content = line.strip()
        if not content or match.start() > end_of_last + 1:
            yield from _unwrapped(block)
            block = []
        if content:
            block.append(_Paragraph(match.start() + len(line) - len(line.lstrip()), content))
        end_of_last = match.end()
    yield from _unwrapped(block)


def _unwrapped(block: list[_Paragraph]) -> Iterator[_Paragraph]:
    """The lines of a block as they stand; or as one paragraph, where they were wrapped at a fixed width.

    A heading may stand right above wrapped lines.
    """
    for first in (0, 1):
        lines = block[first:]
        if _is_wrapped(lines):
            yield from block[:first]
            yield _Paragraph(lines[0].start, _in_one_line(lines), is_wrapped=True)
            return
    yield from block


def _is_wrapped(lines: list[_Paragraph]) -> bool:
    """Whether no line had room for the first word of the next, and a line begins in lower case."""
    width = max((len(line.content) for line in lines), default=0)
    if len(lines) < 3 or width not in _WRAP_WIDTHS:
        return False
    full = all(
        len(line.content) + 1 + len(following.content.split(maxsplit=1)[0]) > width
        for line, following in pairwise(lines)
    )
    return full and any(line.content[0].islower() for line in lines[1:])


def _in_one_line(lines: list[_Paragraph]) -> str:
    """The lines with white space between them, as much as keeps every offset as it is."""
    parts = [lines[0].content]
    for line, following in pairwise(lines):
        parts += [" " * (following.start - line.start - len(line.content)), following.content]
    return "".join(parts)


def _headings(paragraphs: list[_Paragraph]) -> set[int]:
    """The places of the paragraphs that are headings: short, unfinished lines with a paragraph of text below.

    As many as a title, a deck and a byline may stand together; more of them are a list.
    """
    headings: set[int] = set()
    together: list[int] = []
    for place, paragraph in enumerate(paragraphs):
        if _may_be_heading(paragraph):
            together.append(place)
            continue
        if len(together) <= _HEADINGS_TOGETHER and not paragraph.content[0].islower():
            headings.update(together)
        together = []
    return headings


def _may_be_heading(paragraph: _Paragraph) -> bool:
    content = paragraph.content
    if paragraph.is_wrapped or len(content) > _HEADING_LENGTH or _BULLET.match(content) or content[0].islower():
        return False
    return not content.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_END)
