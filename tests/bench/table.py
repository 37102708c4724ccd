"""The table that the bench prints: what was measured, what to aim at, and the database alone beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field

HEADINGS = ("", "measured", "to aim at", "database alone", "times")


@dataclass(frozen=True)
class Row:
    """One figure. `times` is how many times as long the product takes as its SQL alone."""

    what: str
    measured: str
    aim: str = ""
    alone: str = ""
    times: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.what, self.measured, self.aim, self.alone, f"{self.times:.1f}" if self.times else "")


@dataclass
class Table:
    """Rows as they are measured; each is told at once, so that a long run shows that it lives."""

    tell: Callable[[str], None]
    rows: list[Row] = field(default_factory=list)

    def time(self, what: str, milliseconds: float, *, aim: str = "", alone: float | None = None) -> None:
        """A time, beside the time of the SQL alone."""
        beside, times = ("", None) if alone is None else (in_ms(alone), milliseconds / alone)
        self._add(Row(what, in_ms(milliseconds), aim, beside, times))

    def rate(self, what: str, a_second: float, *, aim: str = "", alone: float | None = None) -> None:
        """A rate, beside the rate of the SQL alone."""
        beside, times = ("", None) if alone is None else (a_rate(alone), alone / a_second)
        self._add(Row(what, a_rate(a_second), aim, beside, times))

    def words(self, what: str, measured: str, *, aim: str = "") -> None:
        """A figure that has nothing of the database beside it."""
        self._add(Row(what, measured, aim))

    def _add(self, row: Row) -> None:
        self.rows.append(row)
        self.tell(f"{row.what}: {row.measured}")

    @property
    def text(self) -> str:
        """All rows, aligned."""
        cells = [HEADINGS, *(row.cells for row in self.rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
        return "\n".join(_line(row, widths) for row in cells)


def in_ms(milliseconds: float) -> str:
    """A time for people: milliseconds, with a decimal while they are few."""
    return f"{milliseconds:.1f} ms" if milliseconds < 100 else f"{milliseconds:,.0f} ms"


def a_rate(a_second: float) -> str:
    """A rate for people."""
    return f"{a_second:,.0f}/s"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    what, *figures = (f"{cell:{'>' if column else '<'}{widths[column]}}" for column, cell in enumerate(cells))
    return "   ".join([what, *figures]).rstrip()
