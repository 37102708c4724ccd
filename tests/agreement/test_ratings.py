"""The table of label patterns."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement.ratings import ABSTENTIONS, CATEGORIES, Ratings
from tests.agreement.tables import TWELVE, ratings, rows

Row = tuple[int, str, str, str]
Mark = tuple[int, str, str]

settled = settings(deadline=None, derandomize=True)

MARKS = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from("abcd"), st.sampled_from([*CATEGORIES, *ABSTENTIONS])),
    unique_by=lambda mark: mark[:2],
    max_size=40,
)


def test_the_counts_of_the_twelve_units() -> None:
    table = ratings(TWELVE)
    assert (table.n_claims, table.n_pairable, table.n_labels, table.n_abstained) == (12, 11, 30, 0)


def test_abstentions_are_missing_data() -> None:
    table = ratings("AAu AnF uuu nA.")
    assert table.tallies == {(2, 0, 0): 1, (1, 1, 0): 1, (0, 0, 0): 1, (1, 0, 0): 1}
    assert (table.n_claims, table.n_pairable, table.n_labels, table.n_abstained) == (4, 2, 4, 6)


def test_patterns_are_counted_not_listed() -> None:
    table = ratings(" ".join(["AAF"] * 1_000 + ["AFA"] * 500))
    assert table.tallies == {(2, 1, 0): 1_500}
    assert sorted(table.votes.values()) == [500, 1_000]
    assert table.clusters == {(((2, 1, 0), 1_500),): 1}


def test_articles_of_the_same_composition_are_counted_together() -> None:
    table = ratings("AA AF AF AA F. OO", articles=["x", "x", "y", "y", "y", "z"])
    assert table.clusters == {(((1, 1, 0), 1), ((2, 0, 0), 1)): 2, (((0, 0, 2), 1),): 1}


def test_an_article_without_a_pairable_claim_is_no_cluster() -> None:
    assert ratings("AA A.", articles=["x", "y"]).clusters == {(((2, 0, 0), 1),): 1}


@pytest.mark.parametrize(
    ("given_rows", "complaint"),
    [
        ([(1, "x", "ann", "opinion"), (1, "x", "ann", "opinion")], "two marks"),
        ([(1, "x", "ann", "opinion"), (1, "y", "ben", "opinion")], "two articles"),
        ([(1, "x", "ann", "Opinion")], "unknown label"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(given_rows: list[Row], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Ratings.of(given_rows)


def test_no_rows_make_an_empty_table() -> None:
    table = Ratings.of([])
    assert (table.n_claims, table.n_pairable, table.n_labels, table.n_abstained) == (0, 0, 0, 0)


@settled
@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(marks: list[Mark], random: Random) -> None:
    given_rows = [(claim, claim % 3, reviewer, label) for claim, reviewer, label in marks]
    shuffled = random.sample(given_rows, len(given_rows))
    assert Ratings.of(shuffled) == Ratings.of(given_rows)


@settled
@given(MARKS)
def test_the_counts_are_those_of_the_rows(marks: list[Mark]) -> None:
    table = Ratings.of([(claim, claim % 3, reviewer, label) for claim, reviewer, label in marks])
    labels = {}
    for claim, _, label in marks:
        if label in CATEGORIES:
            labels.setdefault(claim, []).append(label)
    pairable = [said for said in labels.values() if len(said) > 1]
    assert table.n_claims == len({claim for claim, _, _ in marks})
    assert table.n_pairable == len(pairable) == sum(table.votes.values())
    assert table.n_labels == sum(map(len, pairable))
    assert table.n_abstained == sum(label in ABSTENTIONS for _, _, label in marks)
    in_clusters = sum(n * articles for each, articles in table.clusters.items() for _, n in each)
    assert in_clusters == table.n_pairable


def test_rows_of_the_helper_name_every_letter() -> None:
    assert len(rows(TWELVE)) == 31
