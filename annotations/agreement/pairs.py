"""Which labels meet: how often two reviewers gave each two labels to one claim. Pure."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from annotations.agreement.ratings import CATEGORIES, Ratings


@dataclass(frozen=True, slots=True)
class PairTable:
    """`rows[i][j]` is the number of pairs of labels that are CATEGORIES[i] and CATEGORIES[j], in either order.

    A claim of three labels has three pairs. The table is symmetric; `total` counts every pair once.
    """

    rows: list[list[int]]
    total: int


def pair_table(ratings: Ratings) -> PairTable:
    """The table of every two labels of one claim."""
    met: Counter[frozenset[str]] = Counter()
    for votes, claims in ratings.votes.items():
        for (_one, label), (_other, other_label) in combinations(votes, 2):
            met[frozenset((label, other_label))] += claims
    rows = [[met[frozenset((one, other))] for other in CATEGORIES] for one in CATEGORIES]
    return PairTable(rows, met.total())
