"""What other people printed of their tables comes out of ours, and of the second computation."""

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest

from annotations.agreement import crosses, measures
from annotations.agreement.measures import Figure
from annotations.agreement.ratings import Ratings
from tests.agreement import definitions
from tests.agreement.definitions import Units
from tests.agreement.in_print import FIGURES, TABLES, Printed
from tests.agreement.tables import tallied

PRINTED = [
    pytest.param(table, name, id=f"{table.name}: {name}".replace(" ", "-"))
    for table in TABLES
    for name in table.figures
]
OVERALL: dict[str, Callable[[Ratings], Figure]] = {
    "alpha": measures.alpha,
    "ac1": measures.ac1,
    "percent": measures.percent,
    "fleiss": measures.fleiss,
    "brennan_prediger": measures.brennan_prediger,
}
OF_TWO = {"kappa": crosses.cohen, "scott": crosses.scott, "brennan_prediger": crosses.brennan_prediger}


def figure(table: Printed, name: str) -> float:
    """Ours, at a table of any categories."""
    if name in OVERALL:
        found = OVERALL[name](tallied(counts(table.units, table.categories)))
    elif name in OF_TWO:
        found = OF_TWO[name](cross(table.units, table.categories))
    else:
        found = measures.alpha(tallied([[n, sum(unit) - n] for unit, n in of_one(table, name)]))
    assert found.value is not None
    return found.value


def counts(units: Units, categories: str) -> list[list[int]]:
    return [[unit.count(category) for category in categories] for unit in units]


def of_one(table: Printed, name: str) -> list[tuple[list[int], int]]:
    place = table.categories.index(name.removeprefix("alpha "))
    return [(unit, unit[place]) for unit in counts(table.units, table.categories)]


def cross(units: Units, categories: str) -> list[list[int]]:
    assert {len(unit) for unit in units} == {2}
    return [[units.count(one + other) for other in categories] for one in categories]


def again(table: Printed, name: str) -> float:
    """The second computation."""
    units, categories = table.units, table.categories
    found = {
        "percent": lambda: definitions.agreeing_pairs(units),
        "kappa": lambda: definitions.cohen(units, 0, 1, categories),
        "scott": lambda: definitions.scott(units, 0, 1, categories),
    }
    if name.startswith("alpha "):
        return float(definitions.label_alpha(units, name[-1]))
    return float(found[name]() if name in found else getattr(definitions, name)(units, categories))


def as_printed(value: float, printed: str) -> str:
    """The value in as many digits as were printed."""
    return str(Decimal(value).quantize(Decimal(printed)))


@pytest.mark.parametrize(("table", "name"), PRINTED, ids=lambda each: getattr(each, "name", each))
def test_a_figure_is_as_it_was_printed(table: Printed, name: str) -> None:
    assert as_printed(figure(table, name), table.figures[name]) == table.figures[name]
    assert figure(table, name) == pytest.approx(again(table, name), abs=1e-12)


def test_every_measure_is_printed_somewhere() -> None:
    assert len(TABLES) >= 20
    assert {name for table in TABLES for name in table.figures if not name.startswith("alpha ")} == FIGURES
    assert all(table.source and table.figures for table in TABLES)
    for one, other in combinations(TABLES, 2):
        assert one.name != other.name
