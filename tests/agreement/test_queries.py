"""Which labels agreement is measured over, and the figures of PRODUCT's vectors from stored labels."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.agreement.queries import agreement_of, counted_marks, ratings_by, ratings_of, seed_of
from annotations.codebooks.services import write_codebook
from annotations.labelling.services import close_article, save_label
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, closed, desk, disputed, fact, label, opened, said

LETTERS = {"A": "attributed_statement", "F": "verifiable_fact", "O": "opinion", "U": "unsure", "N": "not_a_claim"}


def labelled(at: Desk, *patterns: str) -> None:
    """An article with a claim for each pattern: a letter for each of ben, cleo and dora, `.` for none."""
    claims = opened(at, *(f"Sentence {number} of the report." for number in range(len(patterns))))
    for claim, pattern in zip(claims, patterns, strict=True):
        marks = zip(("ben", "cleo", "dora"), pattern, strict=False)
        label(at, claim, **{name: LETTERS[letter] for name, letter in marks if letter != "."})
    close_article(at.ann, article_id=claims[0].article_id)


def test_the_vector_with_missing_labels(at: Desk) -> None:
    labelled(at, *["AAA", "AAF", "FFF", "AA.", "OOO", "OAO", "FF.", "AAA", "FOF", "A.A", "OOF", "..A"])
    figures = agreement_of(at.project)
    assert figures["alpha"] == pytest.approx(0.604096, abs=1e-6)
    assert figures["ac1"] == pytest.approx(0.647778, abs=1e-6)
    assert figures["percent"] == pytest.approx(0.757576, abs=1e-6)
    assert [round(value or 0, 4) for value in figures["per_label"].values()] == [0.7376, 0.5397, 0.5057]
    assert (figures["n_claims"], figures["n_pairable"]) == (12, 11)
    assert [pair["reviewers"] for pair in figures["pairwise"]] == [["ben", "cleo"], ["ben", "dora"], ["cleo", "dora"]]


def test_the_vector_of_a_rare_label(at: Desk) -> None:
    labelled(at, *["AA"] * 38, "AF", "FA")
    figures = agreement_of(at.project)
    assert figures["percent"] == pytest.approx(0.95)
    assert figures["alpha"] == pytest.approx(-0.012821, abs=1e-6)
    assert figures["ac1"] == pytest.approx(0.948751, abs=1e-6)


def test_unanimous_labels_have_no_alpha_but_a_reason(at: Desk) -> None:
    labelled(at, *["AA"] * 10)
    figures = agreement_of(at.project)
    assert figures["alpha"] is None
    assert figures["undefined_reason"] == "undefined: all labels equal"
    assert figures["ac1"] == 1


def test_open_void_and_foreign_claims_are_left_out(at: Desk) -> None:
    fact(at)
    label(at, opened(at, "An open one.")[0], ben="opinion", cleo="opinion")
    move_claim(at.ann, claim_id=disputed(at).pk, to="void", reason="A slip.")
    disputed(desk("other"))
    assert [mark.label for mark in counted_marks(at.project)] == ["verifiable_fact"] * 2


def test_what_was_said_after_closing_does_not_count(at: Desk) -> None:
    claim = fact(at)
    save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
    assert {mark.label for mark in counted_marks(at.project)} == {"verifiable_fact"}


def test_abstentions_are_counted_apart(at: Desk) -> None:
    closed(at, ben="unsure", cleo="opinion")
    closed(at, ben="not_a_claim", cleo="not_a_claim")
    figures = agreement_of(at.project)
    assert (figures["n_claims"], figures["n_pairable"], figures["n_labels"], figures["n_abstained"]) == (2, 0, 0, 3)
    assert figures["undefined_reason"] == "undefined: no claim with two labels"


def test_an_article_alone_and_each_article_beside_the_others(at: Desk) -> None:
    one, other = fact(at), disputed(at)
    assert agreement_of(at.project, article=one.article)["percent"] == 1
    assert agreement_of(at.project, article=other.article)["percent"] == 0
    parts = ratings_by("article", counted_marks(at.project))
    assert parts == {claim.article_id: ratings_of(at.project, article=claim.article) for claim in (one, other)}


def test_labels_of_each_codebook_version_apart(at: Desk) -> None:
    claims = opened(at, "The bridge fell.", "It was old.")
    label(at, claims[0], ben="verifiable_fact", cleo="verifiable_fact")
    label(at, claims[1], ben="verifiable_fact")
    write_codebook(at.ann, slug="desk", version="2", language="en", text="Anew.", rules=[])
    label(at, claims[1], cleo="opinion")
    close_article(at.ann, article_id=claims[0].article_id)
    parts = ratings_by("codebook", counted_marks(at.project))
    assert sorted((part.n_claims, part.n_pairable) for part in parts.values()) == [(1, 0), (2, 1)]


def test_labels_come_in_one_query_whatever_their_number(at: Desk) -> None:
    labelled(at, *["AF"] * 30)
    with CaptureQueriesContext(connection) as queries:
        agreement_of(at.project)
    assert len(queries) == 1


def test_the_seed_is_the_projects_own_and_stays(at: Desk) -> None:
    labelled(at, "AA", "AF", "FF", "OO")
    first, again = agreement_of(at.project), agreement_of(at.project)
    assert first == again
    assert f"seed {seed_of(at.project)}" in first["ci_method"]
    assert seed_of(at.project) == 0x49BE417A != seed_of(desk("other").project)
