"""How the page of a claim tells that a verdict does not stand (any more), or has to be changed."""

import pytest

from annotations.audit.models import Event
from annotations.projects.services import remove_member
from annotations.verification.moves import move_claim
from annotations.verification.services import approve_verdict, request_changes
from tests.factories.claims import Desk, evidence, fact, fresh, proposal, quoted, verified
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section

WAYS = {
    "challenged": (["challenge"], "Challenged by ann", "challenged"),
    "corrected": (["challenge", "correct"], "Marked corrected by ann", "corrected: no longer stands as it was"),
    "withdrawn": (["withdraw"], "Withdrawn by ann", "withdrawn"),
    "reopened": (["challenge", "reopen"], "Reopened by ann", "reopened: no longer stands"),
    "void": (["void"], "Voided by ann", "void: the claim does not count"),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_verdict_that_does_not_stand_says_so_with_who_when_and_why(at: Desk, name: str) -> None:
    claim, (moves, did, word) = verified(at), WAYS[name]
    before = section(read(at, path_of(claim), "vic"), "aspect-content")
    assert "approved" in before and word not in before
    for number, to in enumerate(moves):
        move_claim(at.ann, claim_id=claim.pk, to=to, reason=f"Reason {number}.")
    page = read(at, path_of(claim), "vic")
    panel = section(page, "aspect-content")
    assert panel.index(did) < panel.index(f"Reason {len(moves) - 1}.") < panel.index(f"supported {word}")
    assert f"verdict--doubted verdict--{name}" in page


def test_a_new_verdict_stands_as_if_nothing_had_been(at: Desk) -> None:
    claim = verified(at)
    for to in ("challenge", "reopen"):
        move_claim(at.ann, claim_id=claim.pk, to=to, reason="Look again.")
    evidence(at, claim, stance="refutes")
    again = proposal(at, fresh(claim), verdict="refuted")
    panel = section(read(at, path_of(claim)), "aspect-content")
    assert "supported reopened: no longer stands" in panel and "refuted proposed" in panel
    approve_verdict(at.dora, verdict_id=again.pk)
    page = main(read(at, path_of(claim)))
    assert "verdict--doubted" not in page and "refuted approved" in section(page, "aspect-content")


def test_what_befell_one_aspect_is_not_told_of_the_other(at: Desk) -> None:
    claim = quoted(at, "fact")
    for aspect, verdict in (("attribution", "not_found"), ("content", "not_enough_evidence")):
        made = proposal(at, claim, aspect, verdict, search_note="Everywhere, 2026-11-01.")
        approve_verdict(at.dora, verdict_id=made.pk)
    move_claim(at.ben, claim_id=claim.pk, to="challenge", aspect="content", reason="Found it.")
    page = read(at, path_of(claim))
    assert "Challenged by ben" in section(page, "aspect-content")
    assert "Challenged by" not in section(page, "aspect-attribution")


def test_what_has_to_be_changed_stands_open_until_something_new_is_proposed(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Which Tuesday?")
    panel = section(read(at, path_of(claim)), "aspect-content")
    assert "sent back" in panel and "To be changed: Which Tuesday?" in panel and "earlier verdict" not in panel
    proposal(at, fresh(claim))
    folded = read(at, path_of(claim)).split("1 earlier verdict")
    assert "Which Tuesday?" not in folded[0].split('id="aspect-content"')[1] and "Which Tuesday?" in folded[1]


def test_a_stale_verdict_says_so_without_anybodys_name(at: Desk) -> None:
    claim = verified(at)
    claim.checks.update(status="stale")
    claim.status = "stale"
    claim.save(update_fields=["status"])
    panel = section(read(at, path_of(claim), "vic"), "aspect-content")
    assert "stale: a source has changed since supported stale" in panel
    post(at, path_of(claim, "move/"), "dora", to="correct", reason="The register was mended.")
    assert "Marked corrected by dora" in section(read(at, path_of(claim)), "aspect-content")


def test_a_proposer_takes_a_verdict_back(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    verdict = proposal(at, claim)
    button = f"/verdicts/{verdict.pk}/take-back/"
    assert button in read(at, path_of(claim)) and button not in read(at, path_of(claim), "dora")
    post(at, button, "dora", want=403)
    page = post(at, button)
    assert "The verdict is taken back." in page and fresh(claim).status == "researching"
    assert "supported taken back" in section(page, "aspect-content")
    assert "took a verdict back" in section(page, "history")
    event = Event.objects.get(verb="verdict.taken_back")
    assert event.data == {"aspect": "content", "verdict": "supported", "before": "proposed", "after": "researching"}
    post(at, button, want=409)
    post(at, f"/verdicts/{verdict.pk}/approve/", "dora", want=409)
    proposal(at, fresh(claim), by="cleo")


def test_programs_take_their_verdicts_back_as_well(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    path = f"verdicts/{proposal(at, claim).pk}/take-back/"
    Person(at.cleo).api("POST", path, want=403)
    assert Person(at.ben).api("POST", path)["status"] == "taken_back"
    Person(at.ben).api("POST", path, want=409)


def test_who_would_be_the_only_one_to_approve_is_warned_before_proposing(at: Desk) -> None:
    claim = fact(at)
    warning = "Nobody else here can approve it"
    assert warning not in read(at, path_of(claim), "ann")
    for name in ("dora", "eve"):
        remove_member(at.ann, slug="desk", username=name)
    assert warning in section(read(at, path_of(claim), "ann"), "aspect-content")
    assert warning not in read(at, path_of(claim))
