"""How sure alpha is: a percentile bootstrap interval. Pure.

Source: Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13 (percentile interval); whole
clusters are drawn as in Field and Welsh (2007), "Bootstrapping clustered data", because claims of one article
are not independent of each other.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotations.agreement.measures import ALL_EQUAL, NOT_PAIRABLE, differing_pairs
from annotations.agreement.ratings import Ratings, Tally
from annotations.messages import Message, ngettext
from annotations.messages import gettext as _

DRAWS = 2_000
LEVEL = 0.95
TOO_FEW = _("undefined: only one claim with two labels")

_CELLS_AT_ONCE = 4_000_000

Composition = tuple[tuple[Tally, int], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, or None for both bounds with `undefined_reason`.

    `over` says what was drawn (`articles` or `claims`), `left_out` how many of `draws` had no variation, so that
    alpha is not defined for them.
    """

    low: float | None
    high: float | None
    over: str
    draws: int
    seed: int
    left_out: int = 0
    undefined_reason: str | None = None

    @property
    def method(self) -> Message:
        """In words, so that the interval can be made again."""
        values = {"draws": self.draws, "seed": self.seed}
        if self.over == "articles":
            if self.left_out:
                return ngettext(
                    "percentile bootstrap over articles, %(draws)s draws, seed %(seed)s; "
                    "%(n)s draw without variation left out",
                    "percentile bootstrap over articles, %(draws)s draws, seed %(seed)s; "
                    "%(n)s draws without variation left out",
                    self.left_out,
                    **values,
                )
            return _("percentile bootstrap over articles, %(draws)s draws, seed %(seed)s", **values)
        if self.left_out:
            return ngettext(
                "percentile bootstrap over claims, %(draws)s draws, seed %(seed)s; "
                "%(n)s draw without variation left out",
                "percentile bootstrap over claims, %(draws)s draws, seed %(seed)s; "
                "%(n)s draws without variation left out",
                self.left_out,
                **values,
            )
        return _("percentile bootstrap over claims, %(draws)s draws, seed %(seed)s", **values)


def interval(ratings: Ratings, *, draws: int = DRAWS, seed: int) -> Interval:
    """The interval of Krippendorff's alpha: articles are drawn where several have pairable claims, else claims.

    The same ratings, draws and seed give the same interval. Cost follows the number of different articles
    (with claims: of different tallies) times draws.
    """
    several = sum(ratings.clusters.values()) > 1
    over = "articles" if several else "claims"
    compositions = ratings.clusters if several else _single_claims(ratings)
    reason = _reason(ratings)
    if reason:
        return Interval(None, None, over, draws, seed, undefined_reason=reason)
    alphas, left_out = _alphas(compositions, draws, seed)
    if not alphas.size:
        return Interval(None, None, over, draws, seed, left_out, ALL_EQUAL)
    low, high = np.quantile(alphas, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high), over, draws, seed, left_out)


def _single_claims(ratings: Ratings) -> Mapping[Composition, int]:
    """Every pairable claim as if it were an article of its own."""
    return {((tally, 1),): count for tally, count in ratings.tallies.items() if sum(tally) > 1}


def _reason(ratings: Ratings) -> str | None:
    pairable = [tally for tally in ratings.tallies if sum(tally) > 1]
    if not pairable:
        return NOT_PAIRABLE
    if sum(any(column) for column in zip(*pairable, strict=True)) < 2:
        return ALL_EQUAL
    return TOO_FEW if ratings.n_pairable == 1 else None


def _alphas(compositions: Mapping[Composition, int], draws: int, seed: int) -> tuple[npt.NDArray[np.float64], int]:
    """Alpha of every draw that has variation, and the number of draws that have none.

    Sums are of integers, and fractions are added in one order, so that no machine rounds differently.
    """
    rows = sorted(compositions)
    totals, disagreements = _contributions(rows)
    multiplicities = np.array([compositions[row] for row in rows], dtype=np.int64)
    size = int(multiplicities.sum())
    shares = multiplicities / size
    generator = np.random.Generator(np.random.PCG64(seed))
    kept: list[npt.NDArray[np.float64]] = []
    at_once = max(1, _CELLS_AT_ONCE // len(rows))
    for done in range(0, draws, at_once):
        drawn = generator.multinomial(size, shares, size=min(at_once, draws - done))
        kept.append(_alpha_of_draws(drawn @ totals, {m: drawn @ column for m, column in disagreements.items()}))
    alphas = np.concatenate(kept)
    return alphas, draws - alphas.size


def _contributions(rows: list[Composition]) -> tuple[npt.NDArray[np.int64], dict[int, npt.NDArray[np.int64]]]:
    """What each composition adds: labels by category (rows x categories), and differing pairs by labels per claim."""
    totals = np.array(
        [[sum(n * tally[k] for tally, n in row) for k in range(len(row[0][0]))] for row in rows], dtype=np.int64
    )
    disagreements: dict[int, npt.NDArray[np.int64]] = {}
    for place, row in enumerate(rows):
        pairs: Counter[int] = Counter()
        for tally, n in row:
            pairs[sum(tally)] += n * differing_pairs(tally)
        for labels, count in pairs.items():
            disagreements.setdefault(labels, np.zeros(len(rows), dtype=np.int64))[place] = count
    return totals, dict(sorted(disagreements.items()))


def _alpha_of_draws(
    totals: npt.NDArray[np.int64], disagreements: Mapping[int, npt.NDArray[np.int64]]
) -> npt.NDArray[np.float64]:
    """Alpha of each draw with variation, by the formula of `measures.alpha`."""
    n = totals.sum(axis=1)
    expected = (totals * (n[:, None] - totals)).sum(axis=1)
    observed = np.zeros(len(n))
    for labels, pairs in disagreements.items():
        observed += pairs / (labels - 1)
    varied = expected > 0
    result: npt.NDArray[np.float64] = 1 - (n[varied] - 1) * observed[varied] / expected[varied]
    return result
