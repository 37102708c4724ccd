"""How alpha came to be what it is: over the claims that had closed by each day or week. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from annotations.agreement import bootstrap, measures
from annotations.agreement.ratings import Growing

MOST = 26
"""Points of a series: days where claims closed on that many or fewer, else weeks, the latest of them."""

DRAWS = 500
"""Draws for the interval of each point but the last, which has as many as the figure beside it and equals it. With
MOST it bounds what a series costs."""


class ClosedClaim(NamedTuple):
    """A claim whose labelling closed on this day, with the counted mark of each reviewer."""

    on: date
    article: Hashable
    given: dict[str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """Alpha over every claim closed until the end of the day, or of the week that begins on it."""

    on: date
    alpha: measures.Figure
    interval: bootstrap.Interval
    n_claims: int
    n_pairable: int


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of time; `step` is day or week, `left_out` the number of earlier weeks without a point."""

    points: list[Point]
    step: str
    left_out: int = 0


def alpha_over_time(claims: Iterable[ClosedClaim], *, seed: int) -> Series:
    """Alpha with its interval, cumulative: a point stands for all claims closed by then, whatever closed later."""
    dated = list(claims)
    by_day = _by(lambda day: day, dated)
    closed, step = (by_day, "day") if len(by_day) <= MOST else (_by(_monday, dated), "week")
    shown = sorted(closed)[-MOST:]
    growing, points = Growing(), []
    for on in sorted(closed):
        for claim in closed[on]:
            growing.add(claim.article, claim.given)
        if on in shown:
            points.append(_point(on, growing, seed, bootstrap.DRAWS if on == shown[-1] else DRAWS))
    return Series(points, step, len(closed) - len(shown))


def _by(beginning: Callable[[date], date], claims: Iterable[ClosedClaim]) -> dict[date, list[ClosedClaim]]:
    found: dict[date, list[ClosedClaim]] = defaultdict(list)
    for claim in claims:
        found[beginning(claim.on)].append(claim)
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _point(on: date, growing: Growing, seed: int, draws: int) -> Point:
    ratings = growing.ratings()
    interval = bootstrap.interval(ratings, draws=draws, seed=seed)
    return Point(on, measures.alpha(ratings), interval, ratings.n_claims, ratings.n_pairable)
