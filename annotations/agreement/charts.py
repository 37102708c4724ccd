"""Where the marks of a chart of agreement lie. Pure: figures in, percentages of the chart's width out.

Templates draw the lines; positions are strings, so that no locale puts a comma into them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GUIDES = (0.667, 0.8)
"""Krippendorff's customary limits: above the lower for tentative conclusions, above the upper for firm ones."""

EDGE = 4.0
"""Percent of the width that stays free at either end, for half a label."""

ROW, BARE_ROW, AXIS = 56, 32, 56
"""Heights in pixels of a row with a name, of one without, and of the axis with its numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the chart: a value in [-1, 1] and its interval, or the reason why there is none; a name and the number
    are written over its line where it has a name."""

    name: str
    value: float | None
    interval: Sequence[float] | None = None
    undefined_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with the places of its dot and of the ends of its interval, and the height of its line."""

    figure: Figure
    dot: str
    low: str
    high: str
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the axis, or a guidance line."""

    value: float
    x: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows on one axis from `low` to 1."""

    low: float
    rows: list[Drawn]
    ticks: list[Tick]
    guides: list[Tick]
    zero: str
    height: int
    axis_y: int


def chart(figures: Iterable[Figure]) -> Chart:
    """The figures on one axis, which begins at 0 where nothing is below it, else at -1."""
    shown = list(figures)
    values = [value for figure in shown for value in (figure.value, *(figure.interval or ())) if value is not None]
    low = -1.0 if any(value < 0 for value in values) else 0.0
    ticks = (-1.0, -0.5, 0.0, 0.5, 1.0) if low < 0 else (0.0, 0.25, 0.5, 1.0)
    height = ROW if any(figure.name for figure in shown) else BARE_ROW
    axis_y = height * len(shown)
    return Chart(
        low=low,
        rows=[_drawn(figure, height * (row + 1) - 16, low) for row, figure in enumerate(shown)],
        ticks=[Tick(value, _x(value, low)) for value in ticks],
        guides=[Tick(value, _x(value, low)) for value in GUIDES],
        zero=_x(0, low),
        height=axis_y + AXIS,
        axis_y=axis_y,
    )


def _drawn(figure: Figure, y: int, low: float) -> Drawn:
    value = figure.value or 0
    ends = figure.interval or (value, value)
    return Drawn(figure, _x(value, low), _x(ends[0], low), _x(ends[1], low), y)


def _x(value: float, low: float) -> str:
    """Where a value lies, in percent of the width; what is below the axis stays at its end."""
    share = (max(value, low) - low) / (1 - low)
    return f"{EDGE + share * (100 - 2 * EDGE):.3f}%"
