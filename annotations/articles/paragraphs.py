"""The lines of a stored text, for drawing it: put together again they are the text, character for character. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"])

STRETCH = 4_000
"""Code points of a stretch of lines, not counting the last line of it."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the LF it ends in; `is_heading` where a heading begins in it."""

    content: str
    is_heading: bool

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but white space in it."""
        return not self.content.strip()


def lines(text: str, heading_starts: Collection[int] = ()) -> Iterator[Line]:
    """Every line in order; `heading_starts` are the code points at which headings begin."""
    headings = iter(sorted(heading_starts))
    heading = next(headings, None)
    for found in _LINE.finditer(text):
        while heading is not None and heading < found.start():
            heading = next(headings, None)
        yield Line(found.group(), heading is not None and heading < found.end())


def stretches(text: Iterable[Line]) -> Iterator[list[Line]]:
    """The same lines in stretches of about as many code points each."""
    stretch: list[Line] = []
    length = 0
    for line in text:
        if length >= STRETCH:
            yield stretch
            stretch, length = [], 0
        stretch.append(line)
        length += len(line.content)
    if stretch:
        yield stretch


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag: on which side its lines begin. Each still decides for itself."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
