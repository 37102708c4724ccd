"""Random tables of labels, and every measure of them: ours, and once more from the definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random

from annotations.agreement import crosses, measures
from annotations.agreement.measures import Figure
from annotations.agreement.ratings import CATEGORIES
from tests.agreement import definitions
from tests.agreement.definitions import Units
from tests.agreement.tables import ratings

LETTERS = "AFO"


@dataclass(frozen=True)
class Table:
    """`marks` may hold abstentions (`u`, `n`), which are missing from `units`."""

    marks: Units
    units: Units


def tables(count: int, *, seed: int) -> Iterator[Table]:
    """Of 2 to 6 raters and 1 to 40 units: skewed or even, in agreement or not, whole or full of gaps, and in one of
    five only some of the declared categories."""
    random = Random(seed)
    for _ in range(count):
        raters, units = random.randint(2, 6), random.randint(1, 40)
        used = random.sample(LETTERS, random.choice((1, 2, 3, 3, 3, 3, 3, 3, 3, 3)))
        weights = [random.random() ** random.choice((1, 4)) + 0.001 for _ in used]
        copied, missing = random.random(), random.choice((0, 0, 0.1, 0.3, 0.6))
        marks = []
        for _ in range(units):
            truth = random.choices(used, weights)[0]
            given = (truth if random.random() < copied else random.choices(used, weights)[0] for _ in range(raters))
            marks.append("".join(random.choice("..un") if random.random() < missing else letter for letter in given))
        marks = [unit for unit in marks if unit.strip(".")] or ["A" * raters]
        yield Table(marks, [unit.translate(str.maketrans("un", "..")) for unit in marks])


def ours(table: Table) -> dict[str, Figure]:
    """Every figure by the product's own way: from labels by Ratings to the measures."""
    found = ratings(" ".join(table.marks))
    figures = {
        "alpha": measures.alpha(found),
        "ac1": measures.ac1(found),
        "percent": measures.percent(found),
        "fleiss": measures.fleiss(found),
        "brennan_prediger": measures.brennan_prediger(found),
        **{
            f"alpha {letter}": measures.label_alpha(found, label)
            for letter, label in zip(LETTERS, CATEGORIES, strict=True)
        },
    }
    for pair in crosses.pairwise(found):
        place = " ".join(name.removeprefix("reviewer ") for name in pair.reviewers)
        figures |= {f"kappa {place}": pair.kappa, f"scott {place}": pair.pi}
        figures[f"brennan_prediger {place}"] = pair.brennan_prediger
    return figures


def again(table: Table) -> dict[str, float | None]:
    """The same by the definitions."""
    units = table.units
    found = {
        "alpha": definitions.alpha(units),
        "ac1": definitions.ac1(units, LETTERS),
        "percent": definitions.agreeing_pairs(units),
        "fleiss": definitions.fleiss(units, LETTERS),
        "brennan_prediger": definitions.brennan_prediger(units, LETTERS),
        **{f"alpha {letter}": definitions.label_alpha(units, letter) for letter in LETTERS},
    }
    for one, other in combinations(range(len(units[0])), 2):
        if not definitions.both(units, one, other):
            continue
        found[f"kappa {one} {other}"] = definitions.cohen(units, one, other, LETTERS)
        found[f"scott {one} {other}"] = definitions.scott(units, one, other, LETTERS)
        pair = [unit[one] + unit[other] for unit in units]
        found[f"brennan_prediger {one} {other}"] = definitions.brennan_prediger(pair, LETTERS)
    return {name: None if value is None else float(value) for name, value in found.items()}


def differences(table: Table) -> list[str]:
    """Where the two ways do not come to the same, undefined figures without a reason and reasons beside a figure."""
    first, second = ours(table), again(table)
    wrong = [f"{name} only once" for name in first.keys() ^ second.keys()]
    for name, figure in first.items():
        value = second.get(name)
        if (figure.value is None) != bool(figure.undefined_reason) or (figure.value is None) != (value is None):
            wrong.append(f"{name}: {figure}, by definition {value}")
        elif figure.value is not None and value is not None and abs(figure.value - value) > 1e-12:
            wrong.append(f"{name}: {figure.value}, by definition {value}")
    return wrong
