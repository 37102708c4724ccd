"""The measures of agreement: vectors, a second computation of each, and properties."""

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
from tests.agreement.tables import FORTY, TWELVE, UNANIMOUS, ratings

settled = settings(deadline=None, derandomize=True, max_examples=200)

UNITS = st.lists(st.text("AFO.", min_size=4, max_size=4), min_size=1, max_size=15)
FULL_UNITS = st.lists(st.text("AFO", min_size=3, max_size=3), min_size=1, max_size=15)

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
