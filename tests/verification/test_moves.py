"""Every move from every place a claim can be in, by every role; and sharper propositions."""

from collections.abc import Callable

import pytest

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.claims.queries import visible_claims
from annotations.errors import InvalidInput, NotPermitted, StaleVersion, WrongState
from annotations.labelling.services import save_label
from annotations.verification.checks import aspect_statuses, possible_moves, set_check
from annotations.verification.models import Check, Verdict
from annotations.verification.moves import edit_proposition, may_be_sharpened, move_claim
from annotations.verification.services import approve_verdict, request_changes
from tests.factories.claims import (
    FACT,
    QUOTE,
    Desk,
    closed,
    decided,
    disputed,
    draft,
    evidence,
    fact,
    fresh,
    opened,
    proposal,
    quoted,
    said,
    unsettled,
    verified,
)

ALL = ("close", "challenge", "correct", "withdraw", "reopen", "void")


def researching(at: Desk) -> Claim:
    claim = fact(at)
    evidence(at, claim)
    return claim


def proposed(at: Desk) -> Claim:
    claim = researching(at)
    proposal(at, claim)
    return claim


def at_status(status: str) -> Callable[[Desk], Claim]:
    """A verified claim whose check was moved on, as a release or a watcher does it."""

    def make(at: Desk) -> Claim:
        claim = verified(at)
        set_check(claim, "content", status)
        return claim

    return make


def voided(at: Desk) -> Claim:
    return move_claim(at.ann, claim_id=fact(at).pk, to="void", reason="A slip of the splitter.")


PLACES: dict[str, tuple[Callable[[Desk], Claim], set[str]]] = {
    "draft": (lambda at: draft(at).claims.get(exact=FACT), set()),
    "labelling": (lambda at: opened(at)[0], {"void"}),
    "disputed": (disputed, {"void"}),
    "agreed": (fact, {"close", "void"}),
    "closed": (lambda at: closed(at, ben="opinion", cleo="opinion"), {"void"}),
    "researching": (researching, {"close", "void"}),
    "proposed": (proposed, {"void"}),
    "verified": (verified, {"challenge", "withdraw", "void"}),
    "published": (at_status("published"), {"challenge", "withdraw"}),
    "challenged": (at_status("challenged"), {"correct", "withdraw", "reopen"}),
    "stale": (at_status("stale"), {"correct", "withdraw", "reopen"}),
    "corrected": (at_status("corrected"), {"challenge", "withdraw", "reopen"}),
    "withdrawn": (at_status("withdrawn"), {"reopen"}),
    "void": (voided, set()),
}
LEADS_TO = {
    "close": "closed",
    "challenge": "challenged",
    "correct": "corrected",
    "withdraw": "withdrawn",
    "reopen": "researching",
    "void": "void",
}


@pytest.mark.parametrize("status", PLACES)
@pytest.mark.parametrize("to", ALL)
def test_a_move_starts_where_the_table_says_and_nowhere_else(at: Desk, status: str, to: str) -> None:
    make, possible = PLACES[status]
    claim = fresh(make(at))
    assert claim.status == status
    assert set(possible_moves(claim)) == possible
    events = Event.objects.filter(claim_id=claim.pk).count()
    if to not in possible:
        with pytest.raises(WrongState) as refused:
            move_claim(at.ann, claim_id=claim.pk, to=to, reason="Because.")
        assert set(refused.value.extra["allowed"]) == possible
        assert fresh(claim).version == claim.version
        assert Event.objects.filter(claim_id=claim.pk).count() == events
        return
    move_claim(at.ann, claim_id=claim.pk, to=to, reason=" Because. ")
    moved = fresh(claim)
    assert moved.status == LEADS_TO[to]
    assert moved.version > claim.version
    told = Event.objects.filter(claim_id=claim.pk).latest("id")
    assert told.actor == at.ann
    assert (told.data["before"], told.data["after"], told.data["reason"]) == (status, LEADS_TO[to], "Because.")


@pytest.mark.parametrize(
    ("status", "to", "may"),
    [
        ("agreed", "close", {"dora", "ann"}),
        ("agreed", "void", {"ann"}),
        ("verified", "challenge", {"ben", "dora", "ann"}),
        ("verified", "withdraw", {"dora", "ann"}),
        ("challenged", "correct", {"dora", "ann"}),
        ("challenged", "reopen", {"dora", "ann"}),
    ],
)
@pytest.mark.parametrize("name", ["vic", "ben", "dora", "ann"])
def test_a_move_needs_its_role(at: Desk, status: str, to: str, may: set[str], name: str) -> None:
    claim = PLACES[status][0](at)
    if name in may:
        assert move_claim(at.people[name], claim_id=claim.pk, to=to, reason="Because.").status == LEADS_TO[to]
        return
    with pytest.raises(NotPermitted):
        move_claim(at.people[name], claim_id=claim.pk, to=to, reason="Because.")
    assert fresh(claim).status == status


def test_a_move_needs_a_reason(at: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        move_claim(at.dora, claim_id=fact(at).pk, to="close", reason=" \n")
    assert "reason" in refused.value.errors


def both(at: Desk) -> Claim:
    """An attributed fact whose attribution is verified and whose content is being researched."""
    claim = quoted(at, "fact")
    evidence(at, claim, aspect="attribution", quote="It was bound to happen.")
    approve_verdict(at.dora, verdict_id=proposal(at, claim, "attribution", "accurate").pk)
    return fresh(claim)


def test_one_aspect_moves_alone(at: Desk) -> None:
    claim = both(at)
    assert possible_moves(claim) == {
        "close": [],
        "challenge": ["attribution"],
        "withdraw": ["attribution"],
        "void": [],
    }
    with pytest.raises(WrongState) as refused:
        move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Who says so?", aspect="content")
    assert "content of this claim is researching" in refused.value.detail
    move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Who says so?", aspect="attribution")
    assert aspect_statuses(fresh(claim)) == {"attribution": "challenged", "content": "researching"}
    assert fresh(claim).status == "researching"


def test_without_an_aspect_every_one_that_can_moves(at: Desk) -> None:
    claim = both(at)
    evidence(at, claim)
    approve_verdict(at.dora, verdict_id=proposal(at, claim).pk)
    move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Who says so?")
    assert aspect_statuses(fresh(claim)) == {"attribution": "challenged", "content": "challenged"}
    assert Event.objects.filter(verb="claim.challenged").get().data["aspects"] == ["attribution", "content"]


@pytest.mark.parametrize("to", ["close", "void"])
def test_nothing_goes_on_with_a_claim_that_is_over(at: Desk, to: str) -> None:
    claim = quoted(at, "fact")
    verdict = proposal(at, claim, "content", "not_checkable")
    move_claim(at.ann, claim_id=claim.pk, to=to, reason="Not worth it.")
    over = fresh(claim)
    for act in (
        lambda: approve_verdict(at.dora, verdict_id=verdict.pk),
        lambda: request_changes(at.dora, verdict_id=verdict.pk, reason="No."),
        lambda: proposal(at, claim, "attribution", "not_found", search_note="Everywhere."),
        lambda: evidence(at, claim),
        lambda: move_claim(at.ann, claim_id=claim.pk, to="challenge", reason="No."),
    ):
        with pytest.raises(WrongState):
            act()
    assert (fresh(claim).status, fresh(claim).version) == (over.status, over.version)


def test_what_was_closed_from_research_goes_on_where_it_was(at: Desk) -> None:
    claim = quoted(at, "fact")
    verdict = proposal(at, claim, "content", "not_checkable")
    move_claim(at.dora, claim_id=claim.pk, to="close", reason="Not worth it.")
    assert list(possible_moves(fresh(claim))) == ["reopen", "void"]
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="It is.")
    assert aspect_statuses(fresh(claim)) == {"attribution": "researching", "content": "proposed"}
    assert approve_verdict(at.dora, verdict_id=verdict.pk).status == "approved"


def test_a_decision_may_ask_for_the_content_as_well(at: Desk) -> None:
    claim = unsettled(at)
    evidence(at, claim, aspect="attribution", quote="It was bound to happen.")
    proposal(at, claim, "attribution", "accurate")
    assert fresh(claim).status == "proposed"
    claim = decided(at, claim, "attributed_statement", content_kind="fact", attribution={"source_name": "Réna Orlu"})
    assert claim.status == "researching"
    assert aspect_statuses(claim) == {"attribution": "proposed", "content": "researching"}
    evidence(at, claim)
    assert proposal(at, claim).status == "proposed"
    assert Check.objects.filter(claim=claim).count() == 2


def test_a_voided_open_claim_keeps_its_labels_to_itself(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
    move_claim(at.ann, claim_id=claim.pk, to="void", reason="A slip of the splitter.")
    assert fresh(claim).labelling_closed_at is None
    assert claim not in visible_claims(at.vic)
    with pytest.raises(WrongState):
        save_label(at.cleo, claim_id=claim.pk, content=said("opinion"))


# propositions


def test_a_proposition_is_fixed_from_opening_until_labelling_has_closed(at: Desk) -> None:
    unit = draft(at).claims.first()
    assert unit is not None
    assert edit_proposition(at.ann, claim_id=unit.pk, proposition="A bridge fell.", version=1).version == 2
    [claim] = opened(at, "The bridge fell.")
    with pytest.raises(WrongState):
        edit_proposition(at.ann, claim_id=claim.pk, proposition="A bridge fell.", version=claim.version)


def test_a_reviewer_sharpens_with_the_version_they_read(at: Desk) -> None:
    claim = disputed(at)
    with pytest.raises(NotPermitted):
        edit_proposition(at.vic, claim_id=claim.pk, proposition="Sharper.", version=claim.version)
    with pytest.raises(StaleVersion) as stale:
        edit_proposition(at.ben, claim_id=claim.pk, proposition="Sharper.", version=claim.version - 1)
    assert stale.value.extra["current"]["proposition"] == claim.proposition
    sharper = edit_proposition(at.ben, claim_id=claim.pk, proposition=" Sharper. ", version=claim.version)
    assert (sharper.proposition, sharper.version) == ("Sharper.", claim.version + 1)
    told = Event.objects.filter(claim_id=claim.pk).latest("id")
    assert (told.data["before"], told.data["after"]) == (claim.proposition, "Sharper.")
    same = edit_proposition(at.ben, claim_id=claim.pk, proposition="Sharper.", version=sharper.version)
    assert same.version == sharper.version


def test_a_proposed_verdict_goes_back_when_the_proposition_is_sharpened(at: Desk) -> None:
    claim = proposed(at)
    version = fresh(claim).version
    edit_proposition(at.ben, claim_id=claim.pk, proposition=fresh(claim).proposition, version=version)
    assert fresh(claim).status == "proposed"
    edit_proposition(at.cleo, claim_id=claim.pk, proposition="On Tuesday 3 March it fell.", version=version)
    assert fresh(claim).status == "researching"
    assert Verdict.objects.get().status == "changes_requested"
    verbs = Event.objects.filter(claim_id=claim.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["claim.proposition_written", "verdict.changes_requested"]


@pytest.mark.parametrize("make", [verified, both, at_status("challenged"), voided])
def test_words_a_verdict_was_approved_for_are_fixed(at: Desk, make: Callable[[Desk], Claim]) -> None:
    claim = fresh(make(at))
    assert not may_be_sharpened(claim)
    with pytest.raises(WrongState):
        edit_proposition(at.ben, claim_id=claim.pk, proposition="Sharper.", version=claim.version)


def test_after_a_challenge_and_reopening_it_may_be_sharpened(at: Desk) -> None:
    claim = verified(at)
    move_claim(at.ben, claim_id=claim.pk, to="challenge", reason="Which bridge?")
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="Say which bridge.")
    claim = fresh(claim)
    assert edit_proposition(at.ben, claim_id=claim.pk, proposition="Sharper.", version=claim.version)
    opinion = closed(at, ben="opinion", cleo="opinion")
    assert edit_proposition(at.ben, claim_id=opinion.pk, proposition="Sharper.", version=opinion.version)


def test_voiding_the_last_open_claim_ends_labelling_of_its_article(at: Desk) -> None:
    first, second = opened(at, FACT, QUOTE)
    move_claim(at.ann, claim_id=first.pk, to="void", reason="No claim.")
    assert fresh(first).article.status == "open"
    move_claim(at.ann, claim_id=second.pk, to="void", reason="No claim.")
    assert fresh(second).article.status == "closed"
