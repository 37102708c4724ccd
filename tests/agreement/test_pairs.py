"""Which labels meet."""

from annotations.agreement.pairs import pair_table
from annotations.agreement.ratings import Ratings

A, F, O = "attributed_statement", "verifiable_fact", "opinion"  # noqa: E741  # the letters of the labels


def table(*claims: tuple[str, ...]) -> tuple[list[list[int]], int]:
    rows = [(n, 0, f"r{place}", label) for n, labels in enumerate(claims) for place, label in enumerate(labels)]
    made = pair_table(Ratings.of(rows))
    return made.rows, made.total


def test_pairs_are_counted_once_and_stand_in_both_places() -> None:
    assert table((A, A), (A, F), (F, A), (O, O)) == ([[1, 2, 0], [2, 0, 0], [0, 0, 1]], 4)


def test_three_labels_make_three_pairs() -> None:
    assert table((A, A, F)) == ([[1, 2, 0], [2, 0, 0], [0, 0, 0]], 3)


def test_abstentions_and_single_labels_meet_nothing() -> None:
    assert table((A, "unsure"), (F,), ("not_a_claim", "not_a_claim")) == ([[0] * 3] * 3, 0)
