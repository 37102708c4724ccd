"""Where the marks of the figures lie."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotations.agreement.bootstrap import Interval
from annotations.agreement.measures import Figure
from annotations.agreement.series import Point
from annotations.live.pictures import MOST_TINT, PLOT_LEFT, PLOT_RIGHT, WEEK_BASE, WEEK_HIGH, bars, heat, plot, weekly

DAY = date(2026, 11, 2)


def place(x: str) -> float:
    return float(x.removesuffix("%"))


def point(days: int, alpha: float | None, low: float | None = None, high: float | None = None) -> Point:
    reason = "undefined: all labels equal" if alpha is None else None
    return Point(DAY + timedelta(days=days), Figure(alpha, reason), Interval(low, high, "claims", 500, 7), 4, 4)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 10_000)))
def test_bars_are_shares_of_a_whole(counts: dict[str, int]) -> None:
    drawn = bars(counts)
    assert drawn.whole == sum(counts.values())
    assert [(row.value, row.number) for row in drawn.rows] == [each for each in counts.items() if each[1]]
    assert not drawn.rows or abs(sum(place(row.width) for row in drawn.rows) - 100) < 0.01 * len(drawn.rows)


def test_time_is_to_scale_and_a_gap_is_no_line() -> None:
    drawn = plot([point(0, 0.5, 0.2, 0.9), point(1, None), point(5, 0.6), point(10, 1.0)])
    xs = [place(dot.x) for dot in drawn.dots]
    assert (xs[0], xs[-1]) == (PLOT_LEFT, PLOT_RIGHT)
    assert xs[2] == (PLOT_LEFT + PLOT_RIGHT) / 2
    assert [(line.x1, line.x2) for line in drawn.lines] == [(drawn.dots[2].x, drawn.dots[3].x)]
    assert [dot.point.on.day for dot in drawn.gaps] == [3]
    assert drawn.last is drawn.dots[3]


def test_the_axis_begins_below_zero_where_something_is() -> None:
    assert [level.value for level in plot([point(0, 0.1, -0.3, 0.4)]).levels] == [-1, -0.5, 0, 0.5, 1]
    above = plot([point(0, 0.8, 0.7, 0.9)])
    assert [level.value for level in above.levels] == [0, 0.5, 1]
    assert above.guides[1].y == above.dots[0].y
    nothing = plot([point(0, None)])
    assert (nothing.last, nothing.lines) == (None, [])


def test_each_pair_stands_once_and_only_disagreements_are_tinted() -> None:
    drawn = heat(["a", "b", "c"], [[9, 4, 0], [4, 5, 2], [0, 2, 1]], 21)
    assert [[cell.number for cell in row.cells] for row in drawn.rows] == [[9], [4, 5], [0, 2, 1]]
    assert (drawn.total, drawn.differing) == (21, 6)
    tints = [[cell.tint for cell in row.cells] for row in drawn.rows]
    assert tints == [[""], [f"{MOST_TINT:.3f}", ""], ["", f"{MOST_TINT / 2:.3f}", ""]]
    assert heat(["a", "b"], [[0, 0], [0, 0]], 0).total == 0


def test_weeks_are_on_one_scale_and_earlier_ones_count() -> None:
    weeks = [DAY, DAY + timedelta(days=7)]
    drawn = weekly({"ben": {weeks[1]: 10, DAY - timedelta(days=7): 5}, "cleo": {weeks[0]: 20}}, weeks)
    assert [(worker.name, worker.whole) for worker in drawn.workers] == [("cleo", 20), ("ben", 15)]
    cleo, ben = drawn.workers
    assert [bar.high for bar in cleo.weeks] == [WEEK_HIGH, 0]
    assert [bar.high for bar in ben.weeks] == [0, WEEK_HIGH // 2]
    assert ben.weeks[1].y + ben.weeks[1].high == WEEK_BASE
    assert weekly({}, []).workers == []
