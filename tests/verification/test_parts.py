"""Compound claims: taking one apart, judging its parts, and the verdict of the whole that follows from theirs."""

from datetime import date
from typing import Any

import pytest

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.errors import InvalidInput, NotPermitted, StaleVersion, WrongState
from annotations.live.judging import judging
from annotations.projects.models import Membership
from annotations.verification.decomposing import decompose_claim
from annotations.verification.models import Check, Part, Verdict
from annotations.verification.moves import edit_proposition, move_claim
from annotations.verification.parts import derived, derived_in_force, part_states
from annotations.verification.retracting import take_back_verdict
from annotations.verification.services import approve_verdict, remove_evidence, request_changes
from tests.factories.claims import Desk, evidence, fact, fresh, opened, proposal, quoted, verified
from tests.factories.parts import TWO, compound, judged, part_evidence, part_proposal
from tests.personas import Person


def content(claim: Claim) -> str:
    return str(Check.objects.get(claim=claim, aspect="content").status)


def texts(claim: Claim) -> list[str]:
    return list(Part.objects.filter(claim=claim).order_by("position").values_list("proposition", flat=True))


# taking a claim apart


def test_a_claim_is_taken_apart_changed_and_put_together_again(at: Desk) -> None:
    claim, parts = compound(at, "  One\tthing. ", "قال شيئًا آخر.")
    assert [(part.position, part.proposition) for part in parts] == [(1, "One thing."), (2, "قال شيئًا آخر.")]
    assert fresh(claim).version == fact(at).version + 1
    decompose_claim(at.cleo, claim_id=claim.pk, parts=[*TWO, "A third."])
    assert texts(claim) == [*TWO, "A third."]
    told = Event.objects.filter(claim_id=claim.pk).latest("id")
    assert (told.verb, told.data["after"]) == ("claim.decomposed", [*TWO, "A third."])
    assert told.data["before"] == ["One thing.", "قال شيئًا آخر."]
    decompose_claim(at.ben, claim_id=claim.pk, parts=[])
    assert texts(claim) == []
    evidence(at, claim)
    assert proposal(at, claim).part is None


def test_the_same_parts_again_change_nothing(at: Desk) -> None:
    claim, parts = compound(at)
    again = decompose_claim(at.ben, claim_id=claim.pk, parts=TWO)[1]
    assert [part.pk for part in again] == [part.pk for part in parts]
    assert Event.objects.filter(claim_id=claim.pk, verb="claim.decomposed").count() == 1


@pytest.mark.parametrize("parts", [["Only one."], ["One.", " "], ["One.", "One. "], [f"Part {n}." for n in range(13)]])
def test_what_are_no_parts(at: Desk, parts: list[str]) -> None:
    with pytest.raises(InvalidInput) as error:
        decompose_claim(at.ben, claim_id=fact(at).pk, parts=parts)
    assert "parts" in error.value.errors


def test_a_claim_that_is_open_or_not_checked_for_content_has_no_parts(at: Desk) -> None:
    for claim in (opened(at, "The bridge fell.")[0], quoted(at)):
        with pytest.raises(WrongState):
            compound(at, claim=claim)


def test_who_only_reads_takes_nothing_apart(at: Desk) -> None:
    with pytest.raises(NotPermitted):
        decompose_claim(at.vic, claim_id=fact(at).pk, parts=TWO)


def test_an_old_version_is_refused(at: Desk) -> None:
    claim = fact(at)
    with pytest.raises(StaleVersion):
        decompose_claim(at.ben, claim_id=claim.pk, parts=TWO, version=claim.version - 1)


def test_a_verdict_of_the_whole_comes_first(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    verdict = proposal(at, claim)
    with pytest.raises(WrongState, match="proposed"):
        compound(at, claim=claim)
    approve_verdict(at.dora, verdict_id=verdict.pk)
    with pytest.raises(WrongState, match="Challenge"):
        compound(at, claim=claim)
    for move in ("challenge", "reopen"):
        move_claim(at.dora, claim_id=claim.pk, to=move, reason="It says two things.")
    compound(at, claim=claim)
    assert Verdict.objects.get(pk=verdict.pk).status == "superseded"


def test_parts_that_were_worked_on_stay(at: Desk) -> None:
    claim, (_first, second) = compound(at)
    piece = part_evidence(at, second)
    with pytest.raises(WrongState, match="Part 2"):
        decompose_claim(at.ben, claim_id=claim.pk, parts=[])
    remove_evidence(at.ben, evidence_id=piece.pk)
    decompose_claim(at.ben, claim_id=claim.pk, parts=[])
    claim, (first, _second) = compound(at)
    take_back_verdict(at.ben, verdict_id=part_proposal(at, first, "not_checkable").pk)
    with pytest.raises(WrongState, match="Part 1"):
        decompose_claim(at.ben, claim_id=claim.pk, parts=["Other.", "Parts."])


# judging the parts


def test_the_content_of_a_compound_claim_is_judged_in_its_parts(at: Desk) -> None:
    claim, _parts = compound(at)
    with pytest.raises(WrongState, match="parts"):
        proposal(at, claim, verdict="not_checkable")
    with pytest.raises(WrongState, match="parts"):
        evidence(at, claim)


def test_a_part_is_of_the_claim_and_of_its_content(at: Desk) -> None:
    _claim, (foreign, _second) = compound(at)
    other, _parts = compound(at)
    for values in ({"part_id": foreign.pk}, {"part_id": other.pk}):
        with pytest.raises(InvalidInput):
            evidence(at, other, **values)
    said = quoted(at, "fact")
    _claim, (first, _second) = compound(at, claim=said)
    with pytest.raises(InvalidInput):
        evidence(at, said, aspect="attribution", quote="So.", part_id=first.pk)
    assert evidence(at, said, aspect="attribution", quote="So.").part is None


def test_a_verdict_rests_on_the_evidence_of_its_part(at: Desk) -> None:
    claim, (first, second) = compound(at)
    part_evidence(at, first)
    with pytest.raises(WrongState, match="primary"):
        proposal(at, claim, part_id=second.pk)
    part_proposal(at, first)
    with pytest.raises(WrongState, match="part 1"):
        part_proposal(at, first, "not_checkable", by="cleo")


def test_evidence_on_one_part_is_free_while_another_is_judged(at: Desk) -> None:
    _claim, (first, second) = compound(at)
    piece = part_evidence(at, first, url="https://records.example/one")
    again = part_evidence(at, second, url="https://records.example/one")
    judged(at, second)
    remove_evidence(at.ben, evidence_id=piece.pk)
    with pytest.raises(WrongState, match="kept"):
        remove_evidence(at.ben, evidence_id=again.pk)


def test_the_whole_stands_where_its_least_part_does(at: Desk) -> None:
    claim, (first, second) = compound(at)
    one = part_proposal(at, first)
    assert content(claim) == "researching"
    two = part_proposal(at, second, "refuted")
    assert content(claim) == fresh(claim).status == "proposed"
    approve_verdict(at.dora, verdict_id=one.pk)
    assert content(claim) == "proposed"
    assert derived(claim) is None
    request_changes(at.dora, verdict_id=two.pk, reason="Which register?")
    assert content(claim) == "researching"
    [step] = [step for step in steps(at, "ben") if step.kind == "sent_back"]
    assert [verdict.place for verdict in step.verdicts] == ["part-2"]
    judged(at, second, "refuted")
    assert content(claim) == fresh(claim).status == "verified"
    assert "sent_back" not in [step.kind for step in steps(at, "ben")]


def steps(at: Desk, name: str) -> list[Any]:
    member = Membership.objects.get(project=at.project, user=at.people[name])
    return judging(at.people[name], member, {})


def test_who_proposed_a_part_does_not_approve_it(at: Desk) -> None:
    _claim, (first, _second) = compound(at)
    verdict = part_proposal(at, first, "not_checkable", by="dora")
    with pytest.raises(NotPermitted):
        approve_verdict(at.dora, verdict_id=verdict.pk)


# the whole


def test_the_verdict_of_the_whole_follows(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first, as_of=date(2026, 11, 3))
    assert derived(claim) is None
    judged(at, second, "refuted", as_of=date(2026, 10, 1))
    whole = derived_in_force(fresh(claim))
    assert whole is not None
    assert (whole.verdict, whole.as_of) == ("mixed", date(2026, 10, 1))
    assert whole.explanation == "Follows from its parts: (1) supported, (2) refuted."


def test_a_challenged_whole_is_mended_in_the_parts_that_need_it(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first)
    judged(at, second)
    for move in ("challenge", "reopen"):
        move_claim(at.dora, claim_id=claim.pk, to=move, reason="The day is wrong.", aspect="content")
    assert derived_in_force(fresh(claim)) is None
    verdict = part_proposal(at, second, "refuted")
    assert content(claim) == "proposed"
    take_back_verdict(at.ben, verdict_id=verdict.pk)
    assert content(claim) == "researching"
    judged(at, second, "refuted")
    assert fresh(claim).status == "verified"
    whole = derived_in_force(fresh(claim))
    assert whole is not None
    assert whole.verdict == "mixed"


def test_a_verdict_sent_back_puts_the_one_before_it_in_doubt(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first)
    judged(at, second)
    for move in ("challenge", "reopen"):
        move_claim(at.dora, claim_id=claim.pk, to=move, reason="Both are wrong.", aspect="content")
    request_changes(at.dora, verdict_id=part_proposal(at, second, "refuted").pk, reason="Which day?")
    judged(at, first, "refuted")
    assert content(claim) == "researching"


# through the API


def test_a_sharper_claim_has_its_parts_judged_anew(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first)
    part_proposal(at, second)
    sharper = "The bridge at Kalda fell on Tuesday."
    edit_proposition(at.ben, claim_id=claim.pk, proposition=sharper, version=fresh(claim).version)
    assert part_states(claim) == {first.pk: (False, False), second.pk: (False, False)}
    assert fresh(claim).status == "researching"
    judged(at, second)
    assert fresh(claim).status == "researching"
    judged(at, first)
    assert fresh(claim).status == "verified"


def test_the_api_shows_parts_with_their_verdicts(at: Desk) -> None:
    ben, dora, vic = (Person(at.people[name]) for name in ("ben", "dora", "vic"))
    path = f"claims/{fact(at).pk}/"
    assert ben.api("GET", path + "parts/") == {"parts": []}
    said = ben.api("PUT", path + "parts/", {"parts": list(TWO)})["parts"]
    assert [(part["position"], part["proposition"], part["verdict"]) for part in said] == [
        (1, TWO[0], None),
        (2, TWO[1], None),
    ]
    source = {"aspect": "content", "stance": "supports", "tier": "primary", "url": "https://records.example/1"}
    ben.api("POST", path + "evidence/", source, want=409)
    ben.api("POST", path + "evidence/", {**source, "part": path[7:-1]}, want=400)
    piece = ben.api("POST", path + "evidence/", {**source, "part": said[0]["id"]}, want=201)
    assert piece["part"] == said[0]["id"]
    answer = {"aspect": "content", "explanation": "So it is.", "as_of": "2026-11-01", "search_note": "The register."}
    ben.api("POST", path + "verdicts/", {**answer, "verdict": "not_checkable"}, want=409)
    for part, verdict in zip(said, ("supported", "not_enough_evidence"), strict=True):
        body = {**answer, "verdict": verdict, "part": part["id"]}
        proposed = ben.api("POST", path + "verdicts/", body, want=201)
        assert proposed["part"] == part["id"]
        assert vic.api("GET", path)["derived"] is None
        dora.api("POST", f"verdicts/{proposed['id']}/approve/")
    ben.api("PUT", path + "parts/", {"parts": []}, want=409)
    shown = vic.api("GET", path + "parts/")["parts"]
    assert [part["verdict"]["verdict"] for part in shown] == ["supported", "not_enough_evidence"]
    assert vic.api("GET", path)["derived"] == {
        "verdict": "not_enough_evidence",
        "explanation": "Follows from its parts: (1) supported, (2) not enough evidence.",
        "as_of": "2026-11-01",
    }


def test_a_version_may_be_named(at: Desk) -> None:
    ben, path = Person(at.ben), f"claims/{fact(at).pk}/parts/"
    ben.api("PUT", path, {"parts": list(TWO)}, if_match='"99"', want=412)
    answer = ben.send("PUT", path, {"parts": list(TWO)}, if_match=ben.send("GET", path)["ETag"])
    assert (answer.status_code, answer["ETag"]) == (200, ben.send("GET", path)["ETag"])


def test_a_claim_without_parts_derives_nothing(at: Desk) -> None:
    assert Person(at.vic).api("GET", f"claims/{verified(at).pk}/")["derived"] is None
