"""Verdicts: permissions, four eyes, what each must rest on, and how the status moves."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.errors import InvalidInput, NotPermitted, WorkbenchError, WrongState
from annotations.verification.models import Check, Verdict
from annotations.verification.moves import move_claim
from annotations.verification.services import add_evidence, approve_verdict, propose_verdict, request_changes
from tests.factories.claims import (
    Desk,
    closed,
    decided,
    desk,
    disputed,
    evidence,
    fact,
    fresh,
    opened,
    proposal,
    quoted,
    unsettled,
    verified,
)

QUOTED = {"aspect": "attribution", "quote": "It was bound to happen."}


def statuses(claim: Claim) -> dict[str, str]:
    return dict(Check.objects.filter(claim=claim).values_list("aspect", "status"))


def last_event(claim: Claim) -> Event:
    return Event.objects.filter(claim_id=claim.pk).latest("id")


# proposing


def test_a_verdict_is_proposed_and_the_claim_shows_it(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    verdict = proposal(at, claim)
    assert (verdict.status, verdict.proposed_by) == ("proposed", at.ben)
    assert fresh(claim).status == "proposed"
    told = last_event(claim)
    assert (told.verb, told.data["before"], told.data["after"]) == ("verdict.proposed", "researching", "proposed")
    with pytest.raises(WrongState):
        proposal(at, claim, verdict="not_checkable", by="cleo")


def test_a_verdict_alone_begins_research(at: Desk) -> None:
    claim = quoted(at, "fact")
    proposal(at, claim, "content", "not_checkable")
    assert fresh(claim).status == "researching"
    assert statuses(claim) == {"attribution": "researching", "content": "proposed"}


@pytest.mark.parametrize(
    ("aspect", "verdict"), [("content", "accurate"), ("attribution", "supported"), ("content", "true")]
)
def test_a_word_of_the_other_aspect_is_refused_by_name(at: Desk, aspect: str, verdict: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        proposal(at, quoted(at, "fact"), aspect, verdict)
    assert "verdict" in refused.value.errors


def test_an_aspect_that_does_not_apply_is_refused(at: Desk) -> None:
    for claim, aspect, verdict in (
        (fact(at), "attribution", "not_found"),
        (quoted(at, "evaluation"), "content", "not_checkable"),
        (closed(at, ben="opinion", cleo="opinion"), "content", "not_checkable"),
    ):
        with pytest.raises(WrongState):
            proposal(at, claim, aspect, verdict, search_note="Everywhere.")
    assert not Verdict.objects.exists()


def test_nothing_is_proposed_before_the_label_is_settled(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    for unready in (claim, disputed(at)):
        with pytest.raises(WrongState):
            proposal(at, unready, verdict="not_checkable")


def test_a_verdict_needs_its_ground_and_an_explanation(at: Desk) -> None:
    claim = fact(at)
    with pytest.raises(WrongState) as refused:
        proposal(at, claim)
    assert "two independent secondary" in refused.value.extra["missing"][0]
    with pytest.raises(InvalidInput) as nothing_said:
        proposal(at, claim, verdict="not_checkable", explanation=" ")
    assert "explanation" in nothing_said.value.errors
    assert fresh(claim).status == "agreed"


def test_two_secondary_sources_are_independent_by_address_and_group(at: Desk) -> None:
    claim, secondary = fact(at), {"tier": "secondary"}
    evidence(at, claim, url="https://paper.example/1", **secondary)
    evidence(at, claim, url="https://paper.example/1", quote="It fell.", **secondary)
    with pytest.raises(WrongState):
        proposal(at, claim)
    evidence(at, claim, url="https://paper.example/2", independence_group="agency", **secondary)
    evidence(at, claim, url="https://paper.example/3", independence_group="agency", **secondary)
    assert proposal(at, claim).status == "proposed"


def test_secondary_sources_of_one_group_are_one(at: Desk) -> None:
    claim = fact(at)
    for number in (1, 2):
        evidence(at, claim, url=f"https://paper.example/{number}", independence_group="agency", tier="secondary")
    with pytest.raises(WrongState):
        proposal(at, claim)


def test_evidence_of_the_other_aspect_is_no_ground(at: Desk) -> None:
    claim = quoted(at, "fact")
    evidence(at, claim, quote="It fell.")
    with pytest.raises(WrongState):
        proposal(at, claim, "attribution", "accurate")
    evidence(at, claim, **QUOTED)
    assert proposal(at, claim, "attribution", "accurate").status == "proposed"


# approving and sending back


def test_another_person_approves(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    verdict = proposal(at, claim, by="dora")
    with pytest.raises(NotPermitted):
        approve_verdict(at.dora, verdict_id=verdict.pk)
    with pytest.raises(NotPermitted):
        approve_verdict(at.cleo, verdict_id=verdict.pk)
    with pytest.raises(NotPermitted):
        request_changes(at.dora, verdict_id=verdict.pk, reason="I changed my mind.")
    approved = approve_verdict(at.eve, verdict_id=verdict.pk)
    assert (approved.status, approved.reviewed_by) == ("approved", at.eve)
    assert fresh(claim).status == "verified"
    assert last_event(claim).data["after"] == "verified"
    with pytest.raises(WrongState):
        approve_verdict(at.eve, verdict_id=verdict.pk)


def test_without_four_eyes_one_person_may_do_both(db: None) -> None:
    at = desk(four_eyes=False)
    claim = fact(at)
    evidence(at, claim)
    verdict = proposal(at, claim, by="dora")
    assert approve_verdict(at.dora, verdict_id=verdict.pk).status == "approved"


def test_a_claim_is_verified_when_every_required_aspect_is(at: Desk) -> None:
    claim = quoted(at, "fact")
    evidence(at, claim, **QUOTED)
    approve_verdict(at.dora, verdict_id=proposal(at, claim, "attribution", "accurate").pk)
    assert fresh(claim).status == "researching"
    evidence(at, claim)
    content = proposal(at, claim)
    assert fresh(claim).status == "proposed"
    approve_verdict(at.dora, verdict_id=content.pk)
    assert fresh(claim).status == "verified"


def test_the_ground_is_looked_at_again_when_approved(at: Desk) -> None:
    claim = fact(at)
    piece = evidence(at, claim)
    verdict = proposal(at, claim)
    piece.delete()  # as it could be by hand in the database; the service refuses
    with pytest.raises(WrongState) as refused:
        approve_verdict(at.dora, verdict_id=verdict.pk)
    assert "missing" in refused.value.extra


def test_changes_are_requested_with_a_reason_and_a_new_verdict_follows(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    first = proposal(at, claim)
    with pytest.raises(InvalidInput) as refused:
        request_changes(at.dora, verdict_id=first.pk, reason=" ")
    assert "reason" in refused.value.errors
    sent_back = request_changes(at.dora, verdict_id=first.pk, reason="Which Tuesday?")
    assert (sent_back.status, sent_back.review_reason) == ("changes_requested", "Which Tuesday?")
    assert fresh(claim).status == "researching"
    second = proposal(at, claim, by="cleo")
    approve_verdict(at.dora, verdict_id=second.pk)
    assert list(Verdict.objects.order_by("proposed_at").values_list("status", flat=True)) == [
        "changes_requested",
        "approved",
    ]


def test_what_is_unsettled_blocks_verified_until_it_is_decided(at: Desk) -> None:
    claim = unsettled(at)
    evidence(at, claim, **QUOTED)
    verdict = proposal(at, claim, "attribution", "accurate")
    with pytest.raises(WrongState) as refused:
        approve_verdict(at.dora, verdict_id=verdict.pk)
    assert set(refused.value.extra["unsettled"]) == {"content_kind", "attribution"}
    settlement = {"label": "attributed_statement", "attribution": {"source_name": "Réna Orlu"}}
    claim = decided(at, claim, content_kind="fact", **settlement)
    approve_verdict(at.dora, verdict_id=verdict.pk)
    assert fresh(claim).status == "researching"  # its content is asked for as well since the decision
    assert statuses(claim) == {"attribution": "verified", "content": "researching"}
    evidence(at, claim)
    approve_verdict(at.dora, verdict_id=proposal(at, claim).pk)
    assert fresh(claim).status == "verified"


def test_a_new_approval_supersedes_the_old_one(at: Desk) -> None:
    claim = verified(at)
    move_claim(at.cleo, claim_id=claim.pk, to="challenge", reason="The register was corrected.")
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="Look again.")
    evidence(at, claim, stance="refutes")
    approve_verdict(at.dora, verdict_id=proposal(at, claim, verdict="refuted").pk)
    assert sorted(Verdict.objects.values_list("verdict", "status")) == [
        ("refuted", "approved"),
        ("supported", "superseded"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_end_in_one_and_a_clear_refusal() -> None:
    at = desk()
    claim = fact(at)
    evidence(at, claim)
    barrier, outcomes = Barrier(2), []

    def propose(name: str) -> None:
        barrier.wait()
        try:
            outcomes.append(proposal(at, claim, by=name).status)
        except WorkbenchError as refused:
            outcomes.append(refused.status)
        finally:
            connection.close()

    threads = [Thread(target=propose, args=(name,)) for name in ("ben", "cleo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [409, "proposed"]


def test_arguments_of_the_api_fit(at: Desk) -> None:
    claim = fact(at)
    piece = add_evidence(
        at.ben, claim_id=claim.pk, aspect="content", stance="supports", tier="primary", title="The register", set=3
    )
    assert (piece.set, piece.source.title) == (3, "The register")
    verdict = propose_verdict(
        at.ben,
        claim_id=claim.pk,
        aspect="content",
        verdict="supported",
        explanation="It is there.",
        as_of=date(2026, 11, 1),
    )
    assert verdict.as_of == date(2026, 11, 1)
