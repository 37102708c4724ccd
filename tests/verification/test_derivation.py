"""The verdict of a whole follows from the verdicts of its parts: the table, and what must hold of every combination."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.verification.derivation import explanation, least_status, verdict_of_the_whole
from annotations.verification.models import CONTENT_VERDICTS

words = st.lists(st.sampled_from(CONTENT_VERDICTS), min_size=1, max_size=6)
ANSWERS = ("supported", "refuted", "mixed", "outdated")

TABLE = [
    ("supported supported", "supported"),
    ("refuted refuted", "refuted"),
    ("outdated outdated", "outdated"),
    ("supported refuted", "mixed"),
    ("supported mixed", "mixed"),
    ("refuted mixed", "mixed"),
    ("outdated refuted", "mixed"),
    ("supported outdated", "outdated"),
    ("supported not_enough_evidence", "not_enough_evidence"),
    ("refuted not_enough_evidence", "not_enough_evidence"),
    ("outdated not_enough_evidence", "not_enough_evidence"),
    ("supported refuted not_enough_evidence", "mixed"),
    ("mixed not_enough_evidence", "mixed"),
    ("supported not_checkable", "supported"),
    ("refuted not_checkable", "refuted"),
    ("not_enough_evidence not_checkable", "not_enough_evidence"),
    ("not_checkable not_checkable", "not_checkable"),
    ("supported pending", "pending"),
    ("mixed pending", "pending"),
    ("not_checkable pending", "pending"),
]


@pytest.mark.parametrize(("parts", "whole"), TABLE)
def test_the_table(parts: str, whole: str) -> None:
    assert verdict_of_the_whole(parts.split()) == whole


@given(words, st.randoms())
def test_neither_order_nor_number_matters(parts: list[str], random: Random) -> None:
    shuffled = [*parts, *parts[:2]]
    random.shuffle(shuffled)
    assert verdict_of_the_whole(shuffled) == verdict_of_the_whole(parts) in CONTENT_VERDICTS


@given(st.sampled_from(CONTENT_VERDICTS), st.integers(1, 5))
def test_parts_of_one_word_are_a_whole_of_that_word(word: str, number: int) -> None:
    assert verdict_of_the_whole([word] * number) == word


@given(words)
def test_supported_and_refuted_mean_every_checked_part_is(parts: list[str]) -> None:
    whole = verdict_of_the_whole(parts)
    if whole in ("supported", "refuted"):
        assert set(parts) - {"not_checkable"} == {whole}
    if "pending" in parts:
        assert whole == "pending"


@given(words)
def test_a_mixed_whole_stays_mixed_whatever_an_unknown_part_turns_out_to_be(parts: list[str]) -> None:
    if verdict_of_the_whole(parts) != "mixed" or "not_enough_evidence" not in parts:
        return
    known = [word for word in parts if word != "not_enough_evidence"]
    assert {verdict_of_the_whole([*known, answer]) for answer in ANSWERS} == {"mixed"}


def test_there_is_no_whole_without_parts() -> None:
    with pytest.raises(ValueError, match="parts"):
        verdict_of_the_whole([])


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([], "researching"),
        ([(False, True)], "researching"),
        ([(False, True), (False, False)], "researching"),
        ([(True, False), (False, False)], "researching"),
        ([(True, False), (False, True)], "proposed"),
        ([(True, True), (False, True)], "proposed"),
        ([(False, True), (False, True)], "verified"),
    ],
)
def test_a_whole_stands_where_its_least_part_does(parts: list[tuple[bool, bool]], status: str) -> None:
    assert least_status(parts) == status


def test_the_explanation_names_the_parts_in_order() -> None:
    assert explanation(["supported", "not_enough_evidence"]).endswith("(1) supported, (2) not enough evidence.")
    assert "left out" in explanation(["supported", "not_checkable"])
    assert "left out" not in explanation(["not_checkable", "not_checkable"])
