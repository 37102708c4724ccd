"""The measures of two reviewers: a second computation of each, what they rest on, and what is not defined."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement import crosses, measures
from annotations.agreement.measures import Figure
from tests.agreement import definitions
from tests.agreement.tables import ratings

settled = settings(deadline=None, derandomize=True, max_examples=200)

UNITS = st.lists(st.text("AFOu.", min_size=4, max_size=4), min_size=1, max_size=15)
ALL_EQUAL = Figure(None, "undefined: all labels equal")


@settled
@given(UNITS)
def test_each_agrees_with_its_definition(units: list[str]) -> None:
    labels = [unit.replace("u", ".") for unit in units]
    for pair in crosses.pairwise(ratings(" ".join(units))):
        one, other = (int(name.removeprefix("reviewer ")) for name in pair.reviewers)
        assert pair.n == len(definitions.both(labels, one, other))
        again = {
            "kappa": definitions.cohen(labels, one, other, "AFO"),
            "pi": definitions.scott(labels, one, other, "AFO"),
            "brennan_prediger": definitions.brennan_prediger([unit[one] + unit[other] for unit in labels], "AFO"),
        }
        for name, value in again.items():
            expected = ALL_EQUAL if value is None else Figure(pytest.approx(float(value), abs=1e-12))
            assert getattr(pair, name) == expected, name


@settled
@given(UNITS)
def test_scotts_pi_is_fleiss_kappa_of_two(units: list[str]) -> None:
    labels = [unit[:2].replace("u", ".") for unit in units]
    table = ratings(" ".join(unit for unit in labels if "." not in unit))
    assert crosses.scott_of_all(table) == measures.fleiss(table)
    assert crosses.scott_of_all(ratings(" ".join(labels))) == crosses.scott_of_all(table)


def test_what_a_pair_rests_on() -> None:
    (pair,) = crosses.pairwise(ratings("AA AF A. .F uA An uu .u"))
    assert (pair.n, pair.missing, pair.abstained) == (2, 4, 5)


def test_reviewers_who_give_one_label_only_have_no_kappa_and_no_pi() -> None:
    (pair,) = crosses.pairwise(ratings("AA AA A. .F"))
    assert (pair.n, pair.kappa, pair.pi, pair.brennan_prediger) == (2, ALL_EQUAL, ALL_EQUAL, Figure(1.0))


def test_only_reviewers_with_a_claim_in_common_are_a_pair() -> None:
    pairs = crosses.pairwise(ratings("AA.. FO.. ..AA ..FF"))
    assert [pair.reviewers for pair in pairs] == [("reviewer 0", "reviewer 1"), ("reviewer 2", "reviewer 3")]


def test_scotts_pi_of_all_needs_two_reviewers_and_no_more() -> None:
    assert crosses.scott_of_all(ratings("AA. FO. ..A")).value is not None
    reason = "undefined: more than two reviewers; Fleiss’ kappa is its form for them"
    assert crosses.scott_of_all(ratings("AA. FO. .AA")).undefined_reason == reason


@pytest.mark.parametrize("measure", [crosses.cohen, crosses.scott, crosses.brennan_prediger])
def test_an_empty_table_has_a_reason(measure: Callable[[crosses.Cross], Figure]) -> None:
    assert measure([[0, 0], [0, 0]]) == Figure(None, "undefined: no claim with two labels")
