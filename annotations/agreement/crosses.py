"""Measures of two reviewers, from the cross table of the labels both gave. Exact, rounded once. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from annotations.agreement.measures import NOT_PAIRABLE, Figure, beyond_chance
from annotations.agreement.ratings import Ratings
from annotations.messages import gettext as _

NOT_TWO = _("undefined: more than two reviewers; Fleiss’ kappa is its form for them")

Cross = Sequence[Sequence[int]]
"""Square: the number of claims that the one reviewer gave category i (row) and the other category j (column)."""


@dataclass(frozen=True, slots=True)
class PairFigure:
    """The agreement of two reviewers (sorted by name) over the `n` claims that both labelled.

    `missing` claims were labelled by only one of them; `abstained` is the number of abstentions of the two.
    """

    reviewers: tuple[str, str]
    kappa: Figure
    pi: Figure
    brennan_prediger: Figure
    n: int
    missing: int
    abstained: int


def cohen(cross: Cross) -> Figure:
    """Cohen's kappa, unweighted: by chance, each labels with the shares that are their own.

    Source: Cohen (1960), "A coefficient of agreement for nominal scales".
    """
    n = _total(cross)
    if not n:
        return Figure(None, NOT_PAIRABLE)
    by_one, by_other = _margins(cross)
    return beyond_chance(_agreed(cross), Fraction(sum(a * b for a, b in zip(by_one, by_other, strict=True)), n * n))


def scott(cross: Cross) -> Figure:
    """Scott's pi: by chance, both label with the shares of all their labels together.

    Source: Scott (1955), "Reliability of content analysis: the case of nominal scale coding". Fleiss' kappa is the
    same for any number of reviewers.
    """
    n = _total(cross)
    if not n:
        return Figure(None, NOT_PAIRABLE)
    together = [a + b for a, b in zip(*_margins(cross), strict=True)]
    return beyond_chance(_agreed(cross), Fraction(sum(given * given for given in together), 4 * n * n))


def brennan_prediger(cross: Cross) -> Figure:
    """Brennan and Prediger's kappa_n of two: by chance, every category is as likely.

    Source: Brennan and Prediger (1981), "Coefficient kappa: some uses, misuses, and alternatives"; before them
    Bennett, Alpert and Goldstein (1954) as S.
    """
    if not _total(cross):
        return Figure(None, NOT_PAIRABLE)
    return beyond_chance(_agreed(cross), Fraction(1, len(cross)))


def scott_of_all(ratings: Ratings) -> Figure:
    """Scott's pi, where no more than two reviewers have claims in common with each other."""
    crosses = _crosses(ratings)
    if not crosses:
        return Figure(None, NOT_PAIRABLE)
    return scott(next(iter(crosses.values()))) if len(crosses) == 1 else Figure(None, NOT_TWO)


def pairwise(ratings: Ratings) -> list[PairFigure]:
    """Every two reviewers with a claim in common, sorted by their names."""
    return [_pair(pair, cross, ratings.given) for pair, cross in sorted(_crosses(ratings).items())]


def _pair(pair: tuple[str, str], cross: Cross, given: Mapping[str, tuple[int, int]]) -> PairFigure:
    n = _total(cross)
    (labels, abstained), (other_labels, other_abstained) = (given[name] for name in pair)
    return PairFigure(
        reviewers=pair,
        kappa=cohen(cross),
        pi=scott(cross),
        brennan_prediger=brennan_prediger(cross),
        n=n,
        missing=labels + other_labels - 2 * n,
        abstained=abstained + other_abstained,
    )


def _crosses(ratings: Ratings) -> dict[tuple[str, str], Cross]:
    tables: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for votes, count in ratings.votes.items():
        for (one, label), (other, other_label) in combinations(votes, 2):
            tables[one, other][label, other_label] += count
    categories = ratings.categories
    return {
        pair: [[table[label, other] for other in categories] for label in categories] for pair, table in tables.items()
    }


def _agreed(cross: Cross) -> Fraction:
    return Fraction(sum(row[place] for place, row in enumerate(cross)), _total(cross))


def _margins(cross: Cross) -> tuple[list[int], list[int]]:
    return [sum(row) for row in cross], [sum(column) for column in zip(*cross, strict=True)]


def _total(cross: Cross) -> int:
    return sum(map(sum, cross))
