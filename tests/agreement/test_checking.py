"""Agreement on sources and on verdicts, as pure figures."""

from fractions import Fraction
from random import Random

import pytest

from annotations.agreement.checking import Approval, Overlap, approval, overlap


def test_the_share_of_places_that_both_used() -> None:
    assert overlap([{"ann": "ab", "ben": "bc"}]) == Overlap(1 / 3, 1, 0)
    assert overlap([{"ann": "a", "ben": "a"}, {"ann": "a", "ben": "b"}]) == Overlap(0.5, 2, 0)


def test_three_people_are_three_pairs_and_each_question_counts_once() -> None:
    three = {"ann": "a", "ben": "ab", "cleo": "b"}  # 1/2, 0, 1/2
    assert overlap([three, {"ann": "a", "ben": "a"}]).jaccard == pytest.approx((1 / 3 + 1) / 2)


def test_questions_with_sources_of_one_person_are_missing() -> None:
    assert overlap([{"ann": "ab"}, {"ann": "a", "ben": "b"}]) == Overlap(0, 1, 1)
    assert overlap([{"ann": "ab"}]) == Overlap(None, 0, 1, "undefined: no claim has sources of two people")
    assert overlap([]).undefined_reason == "undefined: no claim has sources of two people"


def test_overlap_agrees_with_its_definition() -> None:
    random = Random(3)
    for _ in range(100):
        questions = [
            {who: random.sample("abcde", random.randint(1, 5)) for who in "xyz"[: random.randint(1, 3)]}
            for _ in range(random.randint(1, 6))
        ]
        means = []
        for people in questions:
            names = sorted(people)
            pairs = [(one, other) for one in names for other in names if one < other]
            if pairs:
                shares = [
                    Fraction(sum(each in people[other] for each in people[one]), len({*people[one], *people[other]}))
                    for one, other in pairs
                ]
                means.append(sum(shares) / len(shares))
        found = overlap(questions)
        assert (found.n, found.missing) == (len(means), len(questions) - len(means))
        assert found.jaccard == (pytest.approx(float(sum(means) / len(means))) if means else None)


def test_the_share_approved() -> None:
    assert approval(3, 1) == Approval(0.75, 4, 3)
    assert approval(0, 2) == Approval(0, 2, 0)
    assert approval(0, 0) == Approval(None, 0, 0, "undefined: no verdict was reviewed by another person")
