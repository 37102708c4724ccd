"""Agreement on where units lie: examples in print, a second computation, and what is not defined."""

from fractions import Fraction
from itertools import combinations, pairwise, product
from random import Random

import pytest

from annotations.agreement.measures import Figure
from annotations.agreement.units import Unit, alpha_u, exact_f1, overlap_f1

# Krippendorff (2004), Content Analysis, 2nd ed., p. 254: units from 150 to 450, two observers; DKPro Statistics 2.
C = [[(225, 295), (370, 400)], [(220, 300), (355, 375), (400, 420)]]
K = [[(180, 240), (300, 350)], [(180, 240), (300, 350)]]


def moved(people: list[list[Unit]], by: int) -> list[list[Unit]]:
    return [[(start - by, end - by) for start, end in units] for units in people]


def lengths(*words: int) -> list[Unit]:
    """Units and gaps of these lengths: a negative number is a gap."""
    found, at = [], 0
    for word in words:
        if word > 0:
            found.append((at, at + word))
        at += abs(word)
    return found


# Krippendorff (1995), On the reliability of unitizing contiguous data, p. 57, its four examples on 24 places.
EXAMPLES = {
    "A": [lengths(-2, 8, -4, 6, -4), lengths(-4, 4, -7, 2, -7)],
    "B": [lengths(18, -6), lengths(2, 1, 1, 1, 1, 3, 1, -14)],
    "C": [lengths(-2, 6, -2, 2, -2, 4, -2, 2, -2), lengths(2, -2, 4, -2, 4, -2, 2, -2, 2, -2)],
    "D": [lengths(2, 8, 4, 6, 4), lengths(4, 4, 7, 2, 7)],
}


Section = tuple[int, int, bool]


def sections_of(units: list[Unit], length: int) -> list[Section]:
    """Units and gaps, by looking at every place of the text."""
    marks = [next((n for n, unit in enumerate(units) if at in range(*unit)), -1) for at in range(length)]
    cuts = [0, *(at for at in range(1, length) if marks[at] != marks[at - 1]), length]
    return [(start, end, marks[start] >= 0) for start, end in pairwise(cuts)]


def difference(one: Section, other: Section) -> int:
    """Of two sections, by the places they share."""
    places, others = {*range(*one[:2])}, {*range(*other[:2])}
    if one[2] and other[2]:
        return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 if places & others else 0
    if one[2] and places <= others:
        return len(places) ** 2
    return len(others) ** 2 if other[2] and others <= places else 0


def by_definition(people: list[list[Unit]], length: int) -> tuple[Fraction, Fraction]:
    """Observed and expected disagreement: over all pairs of sections, and over every shift of them, one by one."""
    sections = [sections_of(units, length) for units in people]
    observed = sum(difference(a, b) for one, other in combinations(sections, 2) for a, b in product(one, other))
    units = [end - start for each in sections for start, end, unit in each if unit]
    gaps = [end - start for each in sections for start, end, unit in each if not unit]
    expected = sum(
        shift**2 + (shift + one - other) ** 2
        for one, other in combinations(units, 2)
        for shift in range(-one + 1, other)
    )
    expected += sum(unit**2 for unit in units for gap in gaps for shift in range(length) if shift + unit <= gap)
    n, m = len(people), len(people) * length
    pairs = m * (m - 1) - sum(unit * (unit - 1) for unit in units)
    return Fraction(2 * observed, n * (n - 1) * length**2), Fraction(2 * expected, length * pairs)


@pytest.mark.parametrize(("name", "printed"), [("A", 0.03125), ("B", 2.26736), ("C", 0.02777), ("D", 0.38715)])
def test_the_second_computation_sees_what_krippendorff_saw_in_1995(name: str, printed: float) -> None:
    assert float(by_definition(EXAMPLES[name], 24)[0]) == pytest.approx(printed, abs=1e-5)


@pytest.mark.parametrize(("people", "observed", "expected", "alpha"), [(C, 0.0144, 0.0532, 0.7286), (K, 0, 0.0490, 1)])
def test_krippendorff_2004(people: list[list[Unit]], observed: float, expected: float, alpha: float) -> None:
    moved_people = moved(people, 150)
    assert [float(each) for each in by_definition(moved_people, 300)] == pytest.approx([observed, expected], abs=1e-4)
    assert alpha_u(moved_people, 300).value == pytest.approx(alpha, abs=1e-4)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_1995_agree_with_the_definition(name: str) -> None:
    observed, expected = by_definition(EXAMPLES[name], 24)
    assert alpha_u(EXAMPLES[name], 24).value == pytest.approx(float(1 - observed / expected), abs=1e-12)


def random_units(random: Random, length: int) -> list[Unit]:
    cuts = sorted(random.sample(range(length + 1), random.randint(2, min(length, 8))))
    return [cut for cut in pairwise(cuts) if random.random() < 0.6]


def test_random_units_agree_with_the_definition() -> None:
    random = Random(4)
    defined = 0
    for _ in range(300):
        length = random.randint(2, 30)
        people = [random_units(random, length) for _ in range(random.randint(2, 4))]
        observed, expected = by_definition(people, length)
        figure = alpha_u(people, length)
        assert (figure.value is None) == (not expected) == (figure.undefined_reason is not None), people
        if expected:
            defined += 1
            assert figure.value == pytest.approx(float(1 - observed / expected), abs=1e-12), people
    assert defined > 200


def most_pairs(one: list[Unit], other: list[Unit]) -> int:
    """As many as any pairing has, by trying all."""
    if not one:
        return 0
    (start, end), rest = one[0], one[1:]
    partners = [unit for unit in other if unit[0] < end and start < unit[1]]
    return max([most_pairs(rest, other)] + [1 + most_pairs(rest, [u for u in other if u != unit]) for unit in partners])


def test_f1_agrees_with_its_definition() -> None:
    random = Random(5)
    for _ in range(300):
        one, other = random_units(random, 20), random_units(random, 20)
        every = len(one) + len(other)
        for figure, agreed in ((exact_f1, len([u for u in one if u in other])), (overlap_f1, most_pairs(one, other))):
            expected = Figure(2 * agreed / every) if every else Figure(None, "undefined: nobody marked a unit")
            assert figure(one, other) == figure(other, one) == expected, (one, other)


def test_exact_and_overlapping_units() -> None:
    one, other = [(0, 5), (7, 9), (20, 30)], [(0, 5), (8, 12), (40, 41)]
    assert exact_f1(one, other).value == pytest.approx(1 / 3)
    assert overlap_f1(one, other).value == pytest.approx(2 / 3)
    assert overlap_f1([(0, 9)], [(0, 4), (4, 9)]).value == pytest.approx(2 / 3)


def test_what_is_not_defined_has_a_reason() -> None:
    assert alpha_u([[], []], 10) == Figure(None, "undefined: nobody marked a unit")
    assert alpha_u([[(0, 3)]], 10) == Figure(None, "undefined: only one person could mark units")
    reason = "undefined: chance could not have marked these units differently"
    assert alpha_u([[(0, 1)], [(0, 1)]], 1) == Figure(None, reason)
    assert overlap_f1([], [(0, 1)]) == Figure(0)


@pytest.mark.parametrize("units", [[(0, 3), (2, 4)], [(3, 3)], [(-1, 2)], [(8, 11)]])
def test_units_that_cannot_be_are_refused(units: list[Unit]) -> None:
    with pytest.raises(ValueError, match="unit"):
        alpha_u([units, []], 10)
