"""Alpha over time: every point is the figure that one would have read on that day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement import measures
from annotations.agreement.bootstrap import interval
from annotations.agreement.ratings import Ratings
from annotations.agreement.report import summary
from annotations.agreement.series import DRAWS, MOST, ClosedClaim, alpha_over_time

LABELS = ("attributed_statement", "verifiable_fact", "opinion", "unsure")
MONDAY = date(2026, 11, 2)


def table(claims: list[ClosedClaim]) -> Ratings:
    """The ratings of these claims alone, made at once."""
    return Ratings.of(
        (number, claim.article, reviewer, label)
        for number, claim in enumerate(claims)
        for reviewer, label in claim.given.items()
    )


def closed(day: int, labels: str, article: str = "a") -> ClosedClaim:
    words = {label[0]: label for label in LABELS}
    marks = {f"r{place}": words[letter] for place, letter in enumerate(labels)}
    return ClosedClaim(MONDAY + timedelta(days=day), article, marks)


claims_of_weeks = st.lists(
    st.builds(
        closed,
        st.integers(0, 40),
        st.text("avou", min_size=1, max_size=3),
        st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=40,
)


@given(claims_of_weeks)
def test_each_point_is_the_figure_over_what_had_closed_by_then(claims: list[ClosedClaim]) -> None:
    series = alpha_over_time(claims, seed=7)
    days = timedelta(days=6 if series.step == "week" else 0)
    for point in series.points:
        ratings = table([claim for claim in claims if claim.on <= point.on + days])
        draws = 2000 if point is series.points[-1] else DRAWS
        assert point.alpha == measures.alpha(ratings)
        assert point.interval == interval(ratings, draws=draws, seed=7)
        assert (point.n_claims, point.n_pairable) == (ratings.n_claims, ratings.n_pairable)


def test_the_last_point_is_the_figure_of_the_page_of_agreement() -> None:
    claims = [closed(day, labels) for day, labels in enumerate(["aa", "vv", "oo", "av", "aa", "ov"])]
    last, told = alpha_over_time(claims, seed=7).points[-1], summary(table(claims), seed=7)
    assert (last.alpha.value, [last.interval.low, last.interval.high]) == (told["alpha"], told["ci"])


def test_many_days_become_weeks_and_many_weeks_are_bounded() -> None:
    days = alpha_over_time([closed(day, "av") for day in range(MOST)], seed=7)
    weeks = alpha_over_time([closed(day, "av") for day in range(MOST + 1)], seed=7)
    years = alpha_over_time([closed(7 * week + 3, "av") for week in range(MOST + 4)], seed=7)
    assert (days.step, len(days.points), days.left_out) == ("day", MOST, 0)
    assert (weeks.step, [point.on for point in weeks.points][:2]) == ("week", [MONDAY, MONDAY + timedelta(days=7)])
    assert (len(years.points), years.left_out) == (MOST, 4)
    assert [years.points[0].n_claims, years.points[-1].n_claims] == [5, MOST + 4]


def test_a_point_without_a_figure_says_why() -> None:
    first, second = alpha_over_time([closed(0, "aa"), closed(1, "av")], seed=7).points
    assert (first.alpha.value, first.alpha.undefined_reason) == (None, "undefined: all labels equal")
    assert second.alpha.value == pytest.approx(0)
    assert alpha_over_time([], seed=7).points == []
