"""Where the marks of a chart lie."""

import pytest

from annotations.agreement.charts import AXIS, BARE_ROW, EDGE, ROW, Figure, chart


def place(x: str) -> float:
    return float(x.removesuffix("%"))


def test_the_axis_ends_at_one_and_begins_at_zero_or_minus_one() -> None:
    above, below = chart([Figure("A", 0.6, [0.4, 0.8])]), chart([Figure("A", 0.1, [-0.2, 0.4])])
    assert (above.low, below.low) == (0, -1)
    for drawn in (above, below):
        assert (drawn.ticks[0].value, drawn.ticks[-1].value) == (drawn.low, 1)
        assert (place(drawn.ticks[0].x), place(drawn.ticks[-1].x)) == (EDGE, 100 - EDGE)
    assert place(above.zero) == EDGE
    assert place(below.zero) == 50


@pytest.mark.parametrize("value", [-1.0, -0.3, 0.0, 0.5, 1.0])
def test_places_follow_values(value: float) -> None:
    [row] = chart([Figure("A", value, [-1, 1])]).rows
    assert place(row.dot) == pytest.approx(50 + value * (50 - EDGE), abs=0.001)
    assert (place(row.low), place(row.high)) == (EDGE, 100 - EDGE)


def test_guidance_lines_lie_on_the_same_axis() -> None:
    drawn = chart([Figure("A", 0.8)])
    assert [guide.value for guide in drawn.guides] == [0.667, 0.8]
    assert drawn.guides[1].x == drawn.rows[0].dot


def test_what_is_undefined_has_no_place_but_a_row() -> None:
    drawn = chart([Figure("A", None, None, "undefined: all labels equal"), Figure("B", 0.5)])
    assert drawn.low == 0
    assert [row.figure.value for row in drawn.rows] == [None, 0.5]
    assert drawn.rows[1].y - drawn.rows[0].y == ROW
    assert drawn.height == 2 * ROW + AXIS


def test_a_row_without_a_name_is_lower() -> None:
    assert chart([Figure("", 0.5)]).axis_y == BARE_ROW


def test_places_are_written_without_a_comma() -> None:
    drawn = chart([Figure("A", 1 / 3, [0.1, 0.9])])
    assert all("," not in x and x.endswith("%") for x in (drawn.rows[0].dot, drawn.zero, *(t.x for t in drawn.ticks)))
