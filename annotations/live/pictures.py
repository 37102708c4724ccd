"""Where the marks of the project's figures lie. Pure: numbers in, places out; templates draw them.

Places across are percentages of the width and places down are pixels; both are written here, so that no locale puts a
comma into them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from annotations.agreement.charts import GUIDES
from annotations.agreement.series import Point

BAR_ROW = 48
PLOT_TOP, PLOT_HEIGHT, PLOT_FOOT = 16, 200, 32
PLOT_LEFT, PLOT_RIGHT = 12.0, 88.0
HEAT_HEAD, HEAT_ROW, HEAT_LEFT = 28, 60, 12.0
MOST_TINT = 0.45
"""How opaque the cell of the pair that meets most often is: numbers on it stay readable, in light and dark."""

PATTERNS = {
    "attributed_statement": "dots",
    "opinion": "slant",
    "unsure": "level",
    "not_a_claim": "cross",
    "unsettled": "back",
    "disputed": "slant",
    "closed": "level",
    "challenged": "cross",
    "stale": "cross",
    "corrected": "dots",
    "withdrawn": "back",
}
"""What is drawn over the bar of a label or status; the others are plain."""

WEEK_ROW, WEEK_BASE, WEEK_HIGH = 104, 84, 44


def across(percent: float) -> str:
    """A place across."""
    return f"{percent:.3f}%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a value, its number, its share of the whole in percent, and how wide its bar is."""

    value: str
    number: int
    share: float
    width: str
    y: int

    @property
    def pattern(self) -> str:
        """What is drawn over the bar; nothing where it is plain."""
        return PATTERNS.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of bars under each other, of parts of one whole."""

    rows: list[Bar]
    whole: int
    height: int


def bars(counts: Mapping[str, int]) -> Bars:
    """A bar for each value that occurs, in the order given."""
    shown = [(value, number) for value, number in counts.items() if number]
    whole = sum(number for _value, number in shown)
    rows = [
        Bar(value, number, 100 * number / whole, across(100 * number / whole), BAR_ROW * place)
        for place, (value, number) in enumerate(shown)
    ]
    return Bars(rows, whole, BAR_ROW * len(rows))


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a series with its place, and the ends of its interval where it has one; `y` is None in a gap."""

    point: Point
    x: str
    y: str | None
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points that follow each other."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Level:
    """A value of the upright axis."""

    value: float
    y: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Alpha by time. Lines join points that follow each other; where one has no figure there is a gap."""

    dots: list[Dot]
    lines: list[Line]
    levels: list[Level]
    guides: list[Level]
    foot: int
    height: int

    @property
    def gaps(self) -> list[Dot]:
        """Points without a figure."""
        return [dot for dot in self.dots if dot.y is None]

    @property
    def last(self) -> Dot | None:
        """The last point with a figure."""
        return next((dot for dot in reversed(self.dots) if dot.y is not None), None)


def plot(points: Sequence[Point]) -> Plot:
    """The points on an axis of time (to scale) and one that ends at 1 and begins at 0, or at -1 where one is below."""
    values = [value for point in points for value in (point.alpha.value, point.interval.low) if value is not None]
    low = -1.0 if any(value < 0 for value in values) else 0.0
    dots = [_dot(point, points[0].on, points[-1].on, low) for point in points]
    lines = [
        Line(one.x, one.y, other.x, other.y)
        for one, other in pairwise(dots)
        if one.y is not None and other.y is not None
    ]
    levels = (-1.0, -0.5, 0.0, 0.5, 1.0) if low < 0 else (0.0, 0.5, 1.0)
    return Plot(
        dots,
        lines,
        levels=[Level(value, _down(value, low)) for value in levels],
        guides=[Level(value, _down(value, low)) for value in GUIDES],
        foot=PLOT_TOP + PLOT_HEIGHT,
        height=PLOT_TOP + PLOT_HEIGHT + PLOT_FOOT,
    )


def _dot(point: Point, first: date, last: date, low: float) -> Dot:
    days = (last - first).days
    share = (point.on - first).days / days if days else 0.5
    x = across(PLOT_LEFT + share * (PLOT_RIGHT - PLOT_LEFT))
    y = None if point.alpha.value is None else _down(point.alpha.value, low)
    ends = [None if end is None else _down(end, low) for end in (point.interval.low, point.interval.high)]
    return Dot(point, x, y, *ends)


def _down(value: float, low: float) -> str:
    share = (max(value, low) - low) / (1 - low)
    return f"{PLOT_TOP + (1 - share) * PLOT_HEIGHT:.1f}"


@dataclass(frozen=True, slots=True)
class Cell:
    """How often two labels met on one claim; `tint` is how opaque a disagreement is drawn, nothing for an agreement."""

    label: str
    number: int
    share: float
    tint: str
    x: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A label and its cells, with every label up to itself."""

    label: str
    cells: list[Cell]
    y: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Pairs of labels; each stands once. `heads` are the labels with the middle of their column, `differing` counts
    the pairs of two labels that are not the same, of `total` pairs."""

    heads: list[tuple[str, str]]
    rows: list[HeatRow]
    total: int
    differing: int
    cell_width: str
    height: int


def heat(labels: Sequence[str], table: Sequence[Sequence[int]], total: int) -> Heat:
    """The lower half of a symmetric table of pairs, the diagonal with it."""
    width = (100 - HEAT_LEFT) / len(labels)
    differing = [table[row][column] for row in range(len(labels)) for column in range(row)]
    most = max(differing, default=0)

    def cell(row: int, column: int) -> Cell:
        number = table[row][column]
        tint = MOST_TINT * number / most if row != column and most else 0
        share = 100 * number / total if total else 0
        return Cell(labels[column], number, share, f"{tint:.3f}" if tint else "", across(HEAT_LEFT + width * column))

    return Heat(
        heads=[(label, across(HEAT_LEFT + width * (place + 0.5))) for place, label in enumerate(labels)],
        rows=[
            HeatRow(label, [cell(row, column) for column in range(row + 1)], HEAT_HEAD + HEAT_ROW * row)
            for row, label in enumerate(labels)
        ],
        total=total,
        differing=sum(differing),
        cell_width=across(width),
        height=HEAT_HEAD + HEAT_ROW * len(labels) + 4,
    )


@dataclass(frozen=True, slots=True)
class WeekBar:
    """What somebody did in one week, and where its bar lies."""

    on: date
    number: int
    x: str
    middle: str
    y: int
    high: int


@dataclass(frozen=True, slots=True)
class Worker:
    """One person's weeks; `whole` counts what was before them as well."""

    name: str
    whole: int
    weeks: list[WeekBar]
    y: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """People under each other, weeks beside each other, all on one scale."""

    workers: list[Worker]
    weeks: list[date]
    width: str
    height: int


def weekly(counts: Mapping[str, Mapping[date, int]], weeks: Sequence[date]) -> Weeks:
    """Each person's numbers of these weeks (their Mondays), whoever did most first."""
    most = max((numbers.get(week, 0) for numbers in counts.values() for week in weeks), default=0)
    step = 100 / max(len(weeks), 1)

    def week_bar(place: int, number: int) -> WeekBar:
        high = max(round(WEEK_HIGH * number / most), 2) if number else 0
        return WeekBar(
            weeks[place],
            number,
            across(step * (place + 0.1)),
            across(step * (place + 0.5)),
            WEEK_BASE - high,
            high,
        )

    ranked = sorted(counts.items(), key=lambda each: (-sum(each[1].values()), each[0]))
    workers = [
        Worker(
            name,
            sum(numbers.values()),
            [week_bar(place, numbers.get(week, 0)) for place, week in enumerate(weeks)],
            WEEK_ROW * row,
        )
        for row, (name, numbers) in enumerate(ranked)
    ]
    return Weeks(workers, list(weeks), across(step * 0.8), WEEK_ROW * len(workers))
