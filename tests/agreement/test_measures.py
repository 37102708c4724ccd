"""The measures of agreement: vectors, tables in print, a second computation of each, and properties."""

import itertools
import math
from collections import Counter

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotations.agreement import crosses, measures
from annotations.agreement.ratings import CATEGORIES, Ratings
from tests.agreement import definitions
from tests.agreement.tables import FORTY, TWELVE, UNANIMOUS, counts, ratings, tallied

Table = list[list[int]]

settled = settings(deadline=None, derandomize=True, max_examples=200)

UNITS = st.lists(st.text("AFO.", min_size=4, max_size=4), min_size=1, max_size=15)
FULL_UNITS = st.lists(st.text("AFO", min_size=3, max_size=3), min_size=1, max_size=15)

DIAGNOSES = """
    00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
    00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
FOUR_OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def crossed(table: Table) -> Ratings:
    """Two reviewers' labels from their cross table, given by rows."""
    cells = itertools.product("AFO"[: len(table)], repeat=2)
    return ratings(" ".join(" ".join([a + b] * n) for (a, b), n in zip(cells, itertools.chain(*table), strict=True)))


def kappa_of(table: Table) -> float | None:
    (pair,) = crosses.pairwise(crossed(table))
    return pair.kappa.value


# The product's own vectors.


def test_the_twelve_units() -> None:
    table = ratings(TWELVE)
    assert round(measures.alpha(table).value, 6) == 0.604096
    assert round(measures.ac1(table).value, 6) == 0.647778
    assert round(measures.percent(table).value, 6) == 0.757576
    assert [round(measures.label_alpha(table, label).value, 4) for label in CATEGORIES] == [0.7376, 0.5397, 0.5057]


def test_high_agreement_on_one_label() -> None:
    table = ratings(FORTY)
    assert measures.percent(table).value == 0.95
    assert round(measures.alpha(table).value, 6) == -0.012821
    assert round(measures.ac1(table).value, 6) == 0.948751


def test_unanimous_labels_leave_alpha_undefined() -> None:
    table = ratings(UNANIMOUS)
    assert measures.alpha(table) == measures.Figure(None, "undefined: all labels equal")
    assert measures.ac1(table) == measures.Figure(1.0)
    assert measures.percent(table) == measures.Figure(1.0)


# Tables in print.


def test_krippendorff_2011_binary_data_of_two_observers() -> None:
    """Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section A: 0.095."""
    table = tallied(counts(["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"], "01"))
    assert round(measures.alpha(table).value, 3) == 0.095


def test_krippendorff_2011_nominal_data_of_two_observers() -> None:
    """The same, section B: 0.692."""
    table = tallied(counts(["a a b b d c c c e d d a", "b a b b b c c c e d d d"], "abcde"))
    assert round(measures.alpha(table).value, 3) == 0.692


def test_krippendorff_2011_four_observers_with_missing_data() -> None:
    """The same, section C: 0.743 from 40 pairable values."""
    table = tallied(counts(FOUR_OBSERVERS, "12345"))
    assert table.n_labels == 40
    assert round(measures.alpha(table).value, 3) == 0.743


def test_gwet_2014_four_raters_with_missing_data() -> None:
    """Gwet (2014), "Handbook of Inter-Rater Reliability", four raters and twelve subjects: 0.77544 and 0.81818."""
    table = tallied(counts(FOUR_OBSERVERS, "12345"))
    assert round(measures.ac1(table).value, 5) == 0.77544
    assert round(measures.percent(table).value, 5) == 0.81818


def test_gwet_2014_three_categories_of_two_abstractors() -> None:
    """The same, diagnoses of pregnancy by two abstractors: kappa 0.796, AC1 0.849."""
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    assert round(kappa_of(table), 7) == 0.7964094
    assert round(measures.ac1(crossed(table)).value, 3) == 0.849


def test_gwet_2002_high_agreement() -> None:
    """Gwet (2002), "Kappa statistic is not satisfactory for assessing the extent of agreement": 0.941."""
    assert round(measures.ac1(tallied([[2, 0]] * 118 + [[1, 1]] * 7)).value, 3) == 0.941


def test_cohen_1960() -> None:
    """Cohen (1960), "A coefficient of agreement for nominal scales", the table of 200 cases: 0.492."""
    assert round(kappa_of([[88, 14, 18], [10, 40, 10], [2, 6, 12]]), 3) == 0.492


@pytest.mark.parametrize(("table", "kappa"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
def test_feinstein_and_cicchetti_1990(table: Table, kappa: float) -> None:
    """Feinstein and Cicchetti (1990), "High agreement but low kappa: I": both agree on 85 of 100."""
    assert round(kappa_of(table), 2) == kappa
    assert measures.percent(crossed(table)).value == 0.85


def test_fleiss_1971_psychiatric_diagnoses() -> None:
    """Fleiss (1971), "Measuring nominal scale agreement among many raters": 0.430, mean agreement 0.556."""
    table = tallied([[int(digit) for digit in unit] for unit in DIAGNOSES.split()])
    assert table.n_claims == 30
    assert round(measures.fleiss(table).value, 3) == 0.430
    assert round(measures.percent(table).value, 3) == 0.556


# Second computations, in `definitions`.


@settled
@given(UNITS)
def test_alpha_agrees_with_its_definition(units: list[str]) -> None:
    figure = measures.alpha(ratings(" ".join(units)))
    assume(figure.value is not None)
    assert figure.value == pytest.approx(float(definitions.alpha(units)), abs=1e-12)


@settled
@given(UNITS)
def test_alpha_agrees_with_the_krippendorff_package(units: list[str]) -> None:
    figure = measures.alpha(ratings(" ".join(units)))
    assume(figure.value is not None)
    codes = {"A": 0, "F": 1, "O": 2, ".": np.nan}
    data = np.array([[codes[letter] for letter in unit] for unit in units]).T
    assert figure.value == pytest.approx(krippendorff.alpha(data, level_of_measurement="nominal"), abs=1e-9)


@settled
@given(UNITS, st.sampled_from([0, 1, 2]))
def test_the_alpha_of_a_label_is_that_of_its_presence(units: list[str], place: int) -> None:
    figure = measures.label_alpha(ratings(" ".join(units)), CATEGORIES[place])
    assume(figure.value is not None)
    present = [unit.translate({ord(x): "A" if x == "AFO"[place] else "O" for x in "AFO"}) for unit in units]
    assert figure.value == pytest.approx(float(definitions.alpha(present)), abs=1e-12)


@settled
@given(UNITS)
def test_ac1_agrees_with_its_definition(units: list[str]) -> None:
    figure = measures.ac1(ratings(" ".join(units)))
    assume(figure.value is not None)
    assert figure.value == pytest.approx(float(definitions.ac1(units, "AFO")), abs=1e-12)


@settled
@given(UNITS)
def test_brennan_and_predigers_kappa_agrees_with_its_definition(units: list[str]) -> None:
    figure = measures.brennan_prediger(ratings(" ".join(units)))
    assume(figure.value is not None)
    assert figure.value == pytest.approx(float(definitions.brennan_prediger(units, "AFO")), abs=1e-12)


@settled
@given(FULL_UNITS)
def test_fleiss_kappa_agrees_with_its_definition(units: list[str]) -> None:
    figure = measures.fleiss(ratings(" ".join(units)))
    assume(figure.value is not None)
    assert figure.value == pytest.approx(float(definitions.fleiss(units, "AFO")), abs=1e-12)


# Properties.

OVERALL = (
    measures.alpha,
    measures.ac1,
    measures.percent,
    measures.fleiss,
    measures.brennan_prediger,
    crosses.scott_of_all,
)


def figures(table: Ratings) -> list[measures.Figure]:
    return [
        measures.alpha(table),
        measures.ac1(table),
        measures.percent(table),
        measures.fleiss(table),
        measures.brennan_prediger(table),
        crosses.scott_of_all(table),
        *(measures.label_alpha(table, label) for label in CATEGORIES),
        *(figure for pair in crosses.pairwise(table) for figure in (pair.kappa, pair.pi, pair.brennan_prediger)),
    ]


@settled
@given(UNITS)
def test_every_figure_is_a_number_up_to_one_or_has_a_reason(units: list[str]) -> None:
    for figure in figures(ratings(" ".join(units))):
        assert (figure.value is None) == (figure.undefined_reason is not None)
        assert figure.value is None or (math.isfinite(figure.value) and -1 <= figure.value <= 1)


@settled
@given(UNITS, st.permutations(range(4)))
def test_reviewers_are_interchangeable(units: list[str], order: list) -> None:
    permuted = ["".join(unit[place] for place in order) for unit in units]
    one, other = ratings(" ".join(units)), ratings(" ".join(permuted))
    for measure in OVERALL:
        assert measure(one) == measure(other)
    assert Counter(pair.kappa for pair in crosses.pairwise(one)) == Counter(
        pair.kappa for pair in crosses.pairwise(other)
    )


@settled
@given(UNITS, st.permutations("AFO"))
def test_labels_are_interchangeable(units: list[str], order: list) -> None:
    renamed = str.maketrans("AFO", "".join(order))
    one, other = ratings(" ".join(units)), ratings(" ".join(units).translate(renamed))
    for measure in OVERALL:
        assert measure(one) == measure(other)
    new_name = dict(zip("AFO", order, strict=True))
    label_of = dict(zip("AFO", CATEGORIES, strict=True))
    for letter in "AFO":
        figure = measures.label_alpha(other, label_of[new_name[letter]])
        assert measures.label_alpha(one, label_of[letter]) == figure


@settled
@given(UNITS)
def test_full_agreement_is_one(units: list[str]) -> None:
    unanimous = [unit[0] * 2 for unit in units if unit[0] != "."]
    assume(len(set(unanimous)) > 1)
    assert {figure.value for figure in figures(ratings(" ".join(unanimous)))} <= {1.0, None}
    assert measures.alpha(ratings(" ".join(unanimous))).value == 1.0


@settled
@given(UNITS)
def test_unpairable_claims_do_not_move_alpha(units: list[str]) -> None:
    assert measures.alpha(ratings(" ".join(units))) == measures.alpha(
        ratings(" ".join([*units, "A...", "uun.", ".O.."]))
    )


# What is not defined.


@pytest.mark.parametrize("table", ["", "A.. .F. ..O", "uA nu"])
def test_without_two_labels_on_a_claim_nothing_is_defined(table: str) -> None:
    assert set(figures(ratings(table))) == {measures.Figure(None, "undefined: no claim with two labels")}
    assert crosses.pairwise(ratings(table)) == []


def test_a_label_nobody_gave_has_no_alpha_of_its_own() -> None:
    table = ratings("AA AF FF")
    assert measures.label_alpha(table, "opinion") == measures.Figure(None, "undefined: label never used")


def test_fleiss_kappa_needs_the_same_number_of_labels_everywhere() -> None:
    reason = "undefined: claims have different numbers of labels, abstentions not counted"
    assert measures.fleiss(ratings("AA AFF")).undefined_reason == reason
    assert measures.fleiss(ratings("AA uu")).undefined_reason == reason
