"""How far people agree on where units lie, whatever they say of them. Pure, exact, rounded once.

A unit is a span `(start, end)` of a text, in code points, end exclusive. One person's units do not overlap.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from annotations.agreement.measures import Figure
from annotations.messages import gettext as _

NO_UNIT = _("undefined: nobody marked a unit")
ONE_PERSON = _("undefined: only one person could mark units")
NO_ROOM = _("undefined: chance could not have marked these units differently")

Unit = tuple[int, int]


class Section(NamedTuple):
    """A stretch of the text that one person marked as a unit, or left as a gap between units."""

    start: int
    end: int
    marked: bool

    @property
    def length(self) -> int:
        """In code points."""
        return self.end - self.start


def exact_f1(one: Sequence[Unit], other: Sequence[Unit]) -> Figure:
    """F1 of units with the same start and end: twice their number by that of all units of both.

    Source: van Rijsbergen (1979), "Information Retrieval", chapter 7; it is the same whoever is taken for right.
    ValueError where units of one person overlap.
    """
    return _f1(len({*_checked(one)} & {*_checked(other)}), one, other)


def overlap_f1(one: Sequence[Unit], other: Sequence[Unit]) -> Figure:
    """F1 of units that share a code point, each paired with one of the other person at most, as many as possible.

    Both are walked from left to right: the first two that overlap are paired, else the one that ends first has no
    partner. No other pairing of disjoint intervals has more pairs.
    """
    left, right = _checked(one), _checked(other)
    pairs = at = beside = 0
    while at < len(left) and beside < len(right):
        (start, end), (other_start, other_end) = left[at], right[beside]
        paired = start < other_end and other_start < end
        pairs += paired
        at += paired or end <= other_start
        beside += paired or other_end <= start
    return _f1(pairs, one, other)


def alpha_u(people: Sequence[Sequence[Unit]], length: int) -> Figure:
    """Krippendorff's alpha for unitizing of a text of `length` code points, of one kind of unit.

    Source: Krippendorff (1995), "On the reliability of unitizing contiguous data", with the expected disagreement as
    corrected in Krippendorff (2004), "Content Analysis", 2nd ed., section 11.6. Two units that overlap differ by the
    squares of the distances of their ends, a unit within a gap by the square of its length; by chance, units and gaps
    of these lengths lie anywhere. ValueError where units of one person overlap or leave the text.
    """
    sections = [_sections(_checked(units, length), length) for units in people]
    units = [section.length for each in sections for section in each if section.marked]
    gaps = [section.length for each in sections for section in each if not section.marked]
    if len(people) < 2:
        return Figure(None, ONE_PERSON)
    if not units:
        return Figure(None, NO_UNIT)
    observed = Fraction(
        2 * sum(_difference(one, other) for one, other in combinations(sections, 2)),
        len(people) * (len(people) - 1) * length**2,
    )
    expected = _expected(units, gaps, len(people) * length, length)
    return Figure(float(1 - observed / expected)) if expected else Figure(None, NO_ROOM)


def _expected(units: list[int], gaps: list[int], continuum: int, length: int) -> Fraction:
    """The disagreement of units and gaps of these lengths, over every place they could have beside each other."""
    total = sum(
        Fraction((len(units) - 1) * (2 * unit**3 - 3 * unit**2 + unit), 3)
        + unit**2 * sum(max(0, gap - unit + 1) for gap in gaps)
        for unit in units
    )
    pairs = continuum * (continuum - 1) - sum(unit * (unit - 1) for unit in units)
    return Fraction(2, length) * total / pairs if pairs else Fraction(0)


def _difference(one: list[Section], other: list[Section]) -> int:
    """The disagreement of two people: over every two sections that share a code point."""
    total = at = beside = 0
    while at < len(one) and beside < len(other):
        mine, theirs = one[at], other[beside]
        if mine.marked and theirs.marked:
            total += (mine.start - theirs.start) ** 2 + (mine.end - theirs.end) ** 2
        elif mine.marked and theirs.start <= mine.start and mine.end <= theirs.end:
            total += mine.length**2
        elif theirs.marked and mine.start <= theirs.start and theirs.end <= mine.end:
            total += theirs.length**2
        at += mine.end <= theirs.end
        beside += theirs.end <= mine.end
    return total


def _sections(units: list[Unit], length: int) -> list[Section]:
    """The text from its beginning to its end, gaps between the units."""
    found, at = [], 0
    for start, end in units:
        if at < start:
            found.append(Section(at, start, marked=False))
        found.append(Section(start, end, marked=True))
        at = end
    return [*found, Section(at, length, marked=False)] if at < length else found


def _checked(units: Sequence[Unit], length: int | None = None) -> list[Unit]:
    """The units in the order of the text."""
    ordered = sorted(units)
    if any(start >= end or start < 0 for start, end in ordered) or any(a[1] > b[0] for a, b in pairwise(ordered)):
        raise ValueError("units are spans of a text that do not overlap")
    if length is not None and ordered and ordered[-1][1] > length:
        raise ValueError(f"a unit ends at {ordered[-1][1]}, the text at {length}")
    return ordered


def _f1(agreed: int, one: Sequence[Unit], other: Sequence[Unit]) -> Figure:
    every = len(one) + len(other)
    return Figure(2 * agreed / every) if every else Figure(None, NO_UNIT)
