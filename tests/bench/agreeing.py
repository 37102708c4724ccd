"""Alpha with its interval beside what the krippendorff package needs for the point value alone, over the same labels.

A program of its own (`python -m tests.bench.agreeing UNITS`), so that nothing else is in its process. The package gets
the matrix it is documented with, reviewers by units with NaN where a label is missing; ours begin where the measures
do, at the counts of label patterns, and what it takes to count those is told apart.
"""

import json
import sys
import time
from collections.abc import Callable

import krippendorff
import numpy as np

from annotations.agreement import bootstrap, measures
from annotations.agreement.ratings import CATEGORIES, Ratings

REVIEWERS, MISSING, RUNS = 5, 0.3, 7


def labels(units: int) -> np.ndarray:
    """Reviewers by units: places of CATEGORIES, skewed and mostly in agreement, 30 % of them NaN."""
    random = np.random.default_rng(7)
    truth = random.choice(3, size=units, p=[0.6, 0.3, 0.1])
    noise = random.choice(3, size=(REVIEWERS, units))
    given = np.where(random.random((REVIEWERS, units)) < 0.7, truth, noise).astype(float)
    given[random.random((REVIEWERS, units)) < MISSING] = np.nan
    return given


def counted(given: np.ndarray) -> Ratings:
    """The table of the product, from a row for each label."""
    reviewers, units = np.nonzero(~np.isnan(given))
    names = [f"reviewer {number}" for number in range(REVIEWERS)]
    rows = zip(units.tolist(), reviewers.tolist(), given[reviewers, units].astype(int).tolist(), strict=True)
    return Ratings.of((unit, 0, names[reviewer], CATEGORIES[place]) for unit, reviewer, place in rows)


def timed(work: Callable[[], object]) -> float:
    """The fastest of some runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def compared(units: int) -> dict[str, float]:
    """Milliseconds of each way; both come to the same alpha."""
    given = labels(units)
    began = time.perf_counter()
    ratings = counted(given)
    counting = (time.perf_counter() - began) * 1000
    theirs = krippendorff.alpha(given, level_of_measurement="nominal")
    assert abs((measures.alpha(ratings).value or 0) - theirs) < 1e-9
    return {
        "ours": timed(lambda: (measures.alpha(ratings), bootstrap.interval(ratings, seed=7))),
        "package": timed(lambda: krippendorff.alpha(given, level_of_measurement="nominal")),
        "counting": counting,
    }


if __name__ == "__main__":
    print(json.dumps(compared(int(sys.argv[1]))))
