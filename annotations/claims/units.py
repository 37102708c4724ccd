"""Offsets of other tools, counted in other units, as code points of the same text. Pure."""

import re
from array import array
from bisect import bisect_right
from enum import StrEnum


class Unit(StrEnum):
    """What an offset counts: Unicode code points, UTF-16 code units (browsers, Java), or bytes of UTF-8."""

    CODE_POINT = "unicode_code_point"
    UTF16 = "utf16_code_unit"
    BYTE = "utf8_byte"


_WIDER = {
    Unit.UTF16: re.compile("[\U00010000-\U0010ffff]"),
    Unit.BYTE: re.compile("[^\0-\x7f]"),
}
_ENCODING = {Unit.UTF16: ("utf-16-le", 2), Unit.BYTE: ("utf-8", 1)}


class Offsets:
    """Where offsets of a text in `unit` lie in code points.

    Takes O(n) to build and O(log n) for each look-up. Only characters of more than one unit are kept.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        # One row for each wider character: where it ends in units, and how many units beyond one were taken till there.
        self._ends, self._extra = array("Q"), array("Q")
        extra = 0
        for found in _WIDER[unit].finditer(text) if unit in _WIDER else ():
            encoding, size = _ENCODING[unit]
            width = len(found.group().encode(encoding, "surrogatepass")) // size
            extra += width - 1
            self._ends.append(found.end() + extra)
            self._extra.append(extra)
        self.length = len(text) + extra

    def code_point(self, offset: int) -> int | None:
        """The same place in code points; None outside the text, or inside a character."""
        if not 0 <= offset <= self.length:
            return None
        row = bisect_right(self._ends, offset)
        before = self._extra[row - 1] if row else 0
        if row < len(self._ends):
            width = self._extra[row] - before + 1
            if self._ends[row] - width < offset:
                return None
        return offset - before
