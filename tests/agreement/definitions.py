"""Every measure again, straight from its definition: over single labels and pairs of them, in fractions.

Shares nothing with the modules under test and counts no patterns. A table is a list of units, a unit a string with one
letter for each reviewer, `.` where there is none. None where the definition divides by zero or has nothing to go by.
"""

from fractions import Fraction
from itertools import combinations, permutations

Units = list[str]


def said(unit: str) -> str:
    return unit.replace(".", "")


def agreeing_pairs(units: Units) -> Fraction | None:
    """The mean over units with two labels of the share of their pairs that agree."""
    pairs = [list(combinations(said(unit), 2)) for unit in units if len(said(unit)) > 1]
    if not pairs:
        return None
    return sum((Fraction(sum(a == b for a, b in each), len(each)) for each in pairs), Fraction(0)) / len(pairs)


def beyond(observed: Fraction | None, chance: Fraction) -> Fraction | None:
    return None if observed is None or chance == 1 else (observed - chance) / (1 - chance)


def alpha(units: Units, categories: str = "") -> Fraction | None:
    """One minus observed by expected disagreement, over every ordered pair of pairable values."""
    pairable = [said(unit) for unit in units if len(said(unit)) > 1]
    values = "".join(pairable)
    expected = sum(values.count(a) * values.count(b) for a, b in permutations(set(values), 2))
    if not expected:
        return None
    observed = sum(
        (Fraction(sum(a != b for a, b in permutations(unit, 2)), len(unit) - 1) for unit in pairable), Fraction(0)
    )
    return 1 - observed * (len(values) - 1) / expected


def label_alpha(units: Units, letter: str) -> Fraction | None:
    """Alpha with every other label put together."""
    return alpha([unit.translate({ord(other): "-" for other in set(unit) - {letter, "."}}) for unit in units])


def ac1(units: Units, categories: str) -> Fraction | None:
    labelled = [said(unit) for unit in units if said(unit)]
    chance = Fraction(0)
    for letter in categories:
        share = sum((Fraction(unit.count(letter), len(unit)) for unit in labelled), Fraction(0)) / (len(labelled) or 1)
        chance += share * (1 - share) / (len(categories) - 1)
    return beyond(agreeing_pairs(units), chance)


def brennan_prediger(units: Units, categories: str) -> Fraction | None:
    return beyond(agreeing_pairs(units), Fraction(1, len(categories)))


def fleiss(units: Units, categories: str) -> Fraction | None:
    """Only where all units have as many labels."""
    if len({len(said(unit)) for unit in units}) != 1 or not said(units[0]):
        return None
    values = "".join(map(said, units))
    return beyond(
        agreeing_pairs(units), sum((Fraction(values.count(k), len(values)) ** 2 for k in categories), Fraction(0))
    )


def both(units: Units, one: int, other: int) -> list[tuple[str, str]]:
    """The labels of two reviewers on the units that both labelled."""
    return [(unit[one], unit[other]) for unit in units if "." not in (unit[one], unit[other])]


def cohen(units: Units, one: int, other: int, categories: str) -> Fraction | None:
    pairs = both(units, one, other)
    if not pairs:
        return None
    chance = sum(
        (
            Fraction(sum(a == k for a, _ in pairs), len(pairs)) * Fraction(sum(b == k for _, b in pairs), len(pairs))
            for k in categories
        ),
        Fraction(0),
    )
    return beyond(Fraction(sum(a == b for a, b in pairs), len(pairs)), chance)


def scott(units: Units, one: int, other: int, categories: str) -> Fraction | None:
    pairs = both(units, one, other)
    if not pairs:
        return None
    values = [value for pair in pairs for value in pair]
    chance = sum((Fraction(values.count(k), len(values)) ** 2 for k in categories), Fraction(0))
    return beyond(Fraction(sum(a == b for a, b in pairs), len(pairs)), chance)
