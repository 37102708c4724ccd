"""What waits for whom where verdicts and disagreements are, as the overview says it."""

import pytest

from annotations.projects.services import remove_member
from annotations.verification.moves import move_claim
from annotations.verification.services import request_changes
from tests.factories.claims import Desk, closed, desk, disputed, evidence, fact, proposal, unsettled, verified
from tests.live.test_pages import PROJECT, page, words
from tests.verification.pages import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return desk()


def waits(at: Desk, name: str) -> str:
    return words(page(at, name, PROJECT)).partition("What waits for you")[2].partition("How the claims stand")[0]


def test_a_decision_says_what_it_counts_and_what_is_left_to_others(at: Desk) -> None:
    disputed(at)
    disputed(at)
    unsettled(at)
    closed(at, ben="verifiable_fact", dora="opinion")
    dora, eve = waits(at, "dora"), waits(at, "eve")
    assert "2 disputed, and 1 agreed with a detail unsettled, wait for a decision" in dora
    assert "1 more waits for somebody else: you labelled it." in dora
    assert "3 disputed, and 1 agreed with a detail unsettled" in eve and "somebody else" not in eve
    assert "decision" not in waits(at, "ben")


def test_challenged_claims_wait_for_who_may_move_them(at: Desk) -> None:
    for claim in (verified(at), verified(at)):
        move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Which bridge?")
    for name in ("dora", "ann"):
        assert "2 challenged claims: reopen, correct or withdraw them" in waits(at, name)
    for name in ("ben", "vic"):
        assert "challenged claims" not in waits(at, name)


def test_what_was_sent_back_waits_for_its_proposer_with_the_reason(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Which Tuesday?")
    told = waits(at, "ben")
    assert "1 verdict was sent back to you" in told and "Which Tuesday?" in told
    assert f"{path_of(claim)}#aspect-content" in page(at, "ben", PROJECT)
    assert "sent back" not in waits(at, "cleo")
    proposal(at, claim, by="cleo")
    assert "sent back" not in waits(at, "ben")


def test_a_verdict_that_nobody_is_left_to_approve_says_what_to_do(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    proposal(at, claim, by="ann")
    assert "nobody to approve" not in waits(at, "ann")
    for name in ("dora", "eve"):
        remove_member(at.ann, slug="desk", username=name)
    assert "1 verdict of yours has nobody to approve it: add an adjudicator" in waits(at, "ann")
    assert "nobody to approve" not in waits(at, "ben")
