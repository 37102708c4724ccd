"""Our measures against the libraries that others keep, on 10,000 random tables and on all that are in print."""

import json
import math
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.agreement.in_print import TABLES, Printed
from tests.agreement.random_tables import LETTERS, Table, differences, ours, tables
from tests.agreement.test_in_print import figure
from tests.outside.environments import python_of

Found = dict[str, dict[str, float | None]]

SCRIPT = Path(__file__).parent / "agreement_of_libraries.py"
RANDOM, AT_ONCE = 10_000, 2
CLOSE = 1e-6

LIBRARIES = {
    "alpha": {"krippendorff", "irrCAC", "nltk", "agreement"},
    "ac1": {"irrCAC", "agreement"},
    "percent": {"irrCAC", "agreement", "nltk"},
    "fleiss": {"statsmodels", "irrCAC", "agreement", "nltk"},
    "brennan_prediger": {"irrCAC", "agreement", "statsmodels"},
    "kappa": {"scikit-learn", "statsmodels", "irrCAC", "nltk", "agreement"},
    "scott": {"irrCAC", "nltk", "agreement"},
}
"""Which of them define which measure; each measure is held to all of these."""


def by_libraries(asked: list[dict[str, Any]]) -> list[Found]:
    """What the libraries say of each table, computed in their own environment by two processes."""
    python = python_of("measures")

    def share(start: int) -> list[Found]:
        lines = "".join(json.dumps(table) + "\n" for table in asked[start::AT_ONCE])
        done = subprocess.run([python, SCRIPT], input=lines, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = list(pool.map(share, range(AT_ONCE)))
    return [shares[place % AT_ONCE][place // AT_ONCE] for place in range(len(asked))]


def far(value: float, found: dict[str, float | None], silent: Counter[str]) -> dict[str, float]:
    """The libraries that say something else; those that say nothing are counted."""
    silent.update(library for library, other in found.items() if other is None)
    return {library: other for library, other in found.items() if other is not None and abs(other - value) > CLOSE}


@pytest.mark.soak
def test_random_tables() -> None:
    made: list[Table] = list(tables(RANDOM, seed=2))
    assert {" ".join(table.marks): wrong for table in made if (wrong := differences(table))} == {}
    answers = by_libraries([{"units": table.units, "categories": LETTERS, "pairs": True} for table in made])
    wrong: dict[str, Any] = {}
    compared: Counter[tuple[str, str]] = Counter()
    silent: Counter[str] = Counter()
    for table, answer in zip(made, answers, strict=True):
        for name, mine in ours(table).items():
            assert (mine.value is None) == bool(mine.undefined_reason)
            if mine.value is None:
                continue
            assert math.isfinite(mine.value)
            compared.update((name.split()[0], library) for library in answer[name])
            if others := far(mine.value, answer[name], silent):
                wrong[f"{name} of {' '.join(table.units)}"] = (mine.value, others)
    assert wrong == {}
    assert silent == {}
    for measure, libraries in LIBRARIES.items():
        assert {library for name, library in compared if name == measure} == libraries
        assert min(compared[measure, library] for library in libraries) > RANDOM / 10, compared


@pytest.mark.soak
def test_tables_in_print() -> None:
    asked = [{"units": each.units, "categories": each.categories, "pairs": of_two(each)} for each in TABLES]
    wrong: dict[str, Any] = {}
    silent: Counter[str] = Counter()
    for table, answer in zip(TABLES, by_libraries(asked), strict=True):
        assert table.figures.keys() <= {name.removesuffix(" 0 1") for name in answer}
        for name, found in answer.items():
            mine = name.removesuffix(" 0 1")
            if mine in table.figures and (others := far(figure(table, mine), found, silent)):
                wrong[f"{name} of {table.name}"] = others
    assert (wrong, silent) == ({}, {})


def of_two(table: Printed) -> bool:
    """Whether the table tells what each of two raters said."""
    return {len(unit) for unit in table.units} == {2}
