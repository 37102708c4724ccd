"""How far people agree on what claims are checked with and what comes of it. Pure.

These stand apart from the agreement on labels: what is compared is neither blind nor drawn from declared categories
(sources), or not independent (who reviews a verdict reads it), so that nothing is taken off for chance.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from annotations.messages import gettext as _

NOBODY_TWICE = _("undefined: no claim has sources of two people")
NONE_REVIEWED = _("undefined: no verdict was reviewed by another person")


class Overlap(NamedTuple):
    """The mean Jaccard index of the sources of two people, or None with its reason.

    It rests on `n` questions (one aspect of one claim, or one part of it) with sources of two people or more;
    `missing` have those of one alone.
    """

    jaccard: float | None
    n: int
    missing: int
    undefined_reason: str | None = None


class Approval(NamedTuple):
    """The share of verdicts that the other person approved as they were proposed: `approved` of `n`; None of none."""

    percent: float | None
    n: int
    approved: int
    undefined_reason: str | None = None


def overlap(questions: Iterable[Mapping[Hashable, Collection[Hashable]]]) -> Overlap:
    """How far the sources are the same that different people used on one question: person to sources, none empty.

    Source: Jaccard (1912), "The distribution of the flora in the alpine zone": |A and B| / |A or B|, here the mean
    over every two people of a question, and then over the questions, so that each of them counts once.
    """
    total, n, missing = Fraction(0), 0, 0
    for people in questions:
        if len(people) < 2:
            missing += 1
            continue
        pairs = [_jaccard(set(one), set(other)) for one, other in combinations(people.values(), 2)]
        total += sum(pairs, Fraction(0)) / len(pairs)
        n += 1
    return Overlap(float(total / n), n, missing) if n else Overlap(None, 0, missing, NOBODY_TWICE)


def approval(approved: int, sent_back: int) -> Approval:
    """Of the verdicts that somebody else approved or sent back."""
    n = approved + sent_back
    return Approval(approved / n, n, approved) if n else Approval(None, 0, 0, NONE_REVIEWED)


def _jaccard(one: set[Hashable], other: set[Hashable]) -> Fraction:
    return Fraction(len(one & other), len(one | other))
