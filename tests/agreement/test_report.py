"""The figures as the API gives them."""

import json

import pytest

from annotations.agreement.ratings import CATEGORIES, Ratings
from annotations.agreement.report import summary
from tests.agreement.tables import TWELVE, UNANIMOUS, ratings

FACT = "verifiable_fact"


def test_the_twelve_units() -> None:
    report = summary(ratings(TWELVE), seed=7)
    assert {name: report[name] for name in ("n_claims", "n_pairable", "n_labels", "n_abstained")} == {
        "n_claims": 12,
        "n_pairable": 11,
        "n_labels": 30,
        "n_abstained": 0,
    }
    assert [report["alpha"], report["ac1"], report["percent"]] == pytest.approx(
        [0.604096, 0.647778, 0.757576], abs=1e-6
    )
    assert list(report["per_label"]) == list(CATEGORIES)
    assert report["per_label"][FACT] == pytest.approx(0.5397, abs=1e-4)
    assert report["ci"] == pytest.approx([0.2687, 0.8871], abs=1e-4)
    assert report["ci_method"] == "percentile bootstrap over claims, 2000 draws, seed 7"
    assert report["undefined_reason"] is None
    assert report["undefined"] == {
        "fleiss": "undefined: claims have different numbers of labels, abstentions not counted",
        "scott": "undefined: more than two reviewers; Fleiss’ kappa is its form for them",
    }


def test_each_measure_says_what_it_rests_on() -> None:
    report = summary(ratings("AAA AFF A.. uuA FFF"), seed=7)
    whole, none = {"n": 3, "missing": 2, "abstained": 2}, {"n": 0, "missing": 5, "abstained": 2}
    assert report["counts"] == {
        "alpha": whole,
        "ac1": whole,
        "percent": whole,
        "per_label": whole,
        "brennan_prediger": whole,
        "fleiss": none,
        "scott": none,
    }
    assert summary(ratings("AA AF FF"), seed=7)["counts"]["scott"] == {"n": 3, "missing": 0, "abstained": 0}


def test_figures_keep_their_full_precision() -> None:
    assert summary(ratings("AA AF FF"), seed=1)["percent"] == 2 / 3


def test_each_pair_of_reviewers_has_its_kappa_and_count() -> None:
    pairs = summary(ratings(TWELVE), seed=7)["pairwise"]
    assert [pair["reviewers"] for pair in pairs] == [
        ["reviewer 0", "reviewer 1"],
        ["reviewer 0", "reviewer 2"],
        ["reviewer 1", "reviewer 2"],
    ]
    assert [pair["n"] for pair in pairs] == [10, 9, 8]
    assert pairs[0]["kappa"] == pytest.approx(9 / 13)
    assert pairs[0]["brennan_prediger"] == pytest.approx(0.7)
    assert [pair["missing"] for pair in pairs] == [1, 3, 4]


def test_unanimous_labels() -> None:
    report = summary(ratings(UNANIMOUS), seed=7)
    assert (report["alpha"], report["ci"], report["ac1"], report["percent"]) == (None, None, 1.0, 1.0)
    assert report["undefined_reason"] == "undefined: all labels equal"
    assert report["pairwise"][0]["undefined_reason"] == "undefined: all labels equal"
    assert report["undefined"]["per_label.opinion"] == "undefined: label never used"
    assert (report["n_claims"], report["n_labels"]) == (10, 20)


def test_nothing_labelled_yet() -> None:
    report = summary(Ratings.of([]), seed=7)
    assert set(report["undefined"]) == {
        "alpha",
        "ci",
        "ac1",
        "percent",
        "fleiss",
        "scott",
        "brennan_prediger",
        *(f"per_label.{x}" for x in CATEGORIES),
    }
    assert set(report["undefined"].values()) == {"undefined: no claim with two labels"}


@pytest.mark.parametrize("table", ["", "A", "AF", "AA", "uu nA", TWELVE, UNANIMOUS, "AFO AFO OFA"])
def test_it_is_json_without_nan_or_infinity(table: str) -> None:
    report = summary(ratings(table), draws=50, seed=7)
    assert json.loads(json.dumps(report, allow_nan=False)) == report
