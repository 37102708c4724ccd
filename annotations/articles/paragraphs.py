"""The lines of a stored text, for drawing it: put together again they are the text, character for character. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

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
