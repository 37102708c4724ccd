"""Places in a text counted in UTF-16 code units, as JavaScript counts them, and in code points. Pure."""

import re
from bisect import bisect_left

# What takes two code units: everything outside the Basic Multilingual Plane.
PAIR = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """The places of one text in both counts; building it takes time in the length of the text, each question little.

    Places lie between characters, from 0 to the length of the text.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._points = [match.start() for match in PAIR.finditer(text)]
        self._units = [point + number for number, point in enumerate(self._points)]

    def unit(self, point: int) -> int:
        """The code units before a place given in code points. ValueError where it is outside the text."""
        if not 0 <= point <= self.length:
            raise ValueError(f"{point} is not a place in a text of {self.length} code points")
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """The code points before a place given in code units.

        ValueError where it is outside the text, or between the two units of one character.
        """
        pairs = bisect_left(self._units, unit)
        if not 0 <= unit <= self.length + len(self._units):
            raise ValueError(f"{unit} is not a place in a text of {self.length + len(self._units)} code units")
        if pairs and self._units[pairs - 1] + 1 == unit:
            raise ValueError(f"{unit} lies between the two code units of one character")
        return unit - pairs
