"""Compound claims on their page: taking one apart, judging its parts, and what the page then says of the whole."""

import re

from annotations.verification.models import Part
from tests.factories.claims import Desk, evidence, fact, fresh, opened, proposal, quoted
from tests.factories.parts import TWO, compound, judged, part_evidence, part_proposal
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section, words

ANSWER = {"aspect": "content", "explanation": "So it is.", "as_of": "2026-11-01", "search_note": "The register."}


def test_a_claim_is_taken_apart_line_by_line(at: Desk) -> None:
    claim = fact(at)
    assert "It says several things" in main(read(at, path_of(claim)))
    page = post(at, path_of(claim, "parts/"), parts=f" {TWO[0]}\r\n\r\n{TWO[1]} \n", version=claim.version)
    assert "The parts are saved." in page
    assert list(Part.objects.filter(claim=claim).values_list("proposition", flat=True)) == list(TWO)
    for number, text in enumerate(TWO, start=1):
        assert text in section(page, f"part-{number}")
    assert "Change the parts" in page
    assert "Each part is checked on its own." in page
    again = post(at, path_of(claim, "parts/"), parts="", version=fresh(claim).version)
    assert 'id="part-1"' not in again


def test_each_part_leads_to_evidence_of_its_own(at: Desk) -> None:
    claim, (_first, second) = compound(at)
    assert f'href="?about={second.pk}#evidence"' in read(at, path_of(claim))
    page = read(at, f"{path_of(claim)}?about={second.pk}")
    assert f'<option value="{second.pk}" selected>' in page
    part_evidence(at, second)
    assert "the parts stay as they are" in read(at, path_of(claim))


def test_with_the_last_part_one_is_shown_the_whole(at: Desk) -> None:
    claim, parts = compound(at)
    for part, place in zip(parts, ("part-1", "aspect-content"), strict=True):
        answer = Person(at.dora).browser.post(f"/verdicts/{part_proposal(at, part).pk}/approve/")
        assert answer["Location"] == f"{path_of(claim)}#{place}"


def test_a_refused_form_keeps_what_was_typed(at: Desk) -> None:
    claim = fact(at)
    page = post(at, path_of(claim, "parts/"), parts="Only one thing.", version=claim.version, want=400)
    assert "Only one thing.</textarea>" in page
    assert "two" in page or "2 to 12" in page
    post(at, path_of(claim, "parts/"), parts="\n".join(TWO), version=claim.version)
    stale = post(at, path_of(claim, "parts/"), "cleo", parts="One.\nTwo.", version=claim.version, want=412)
    assert "The claim changed meanwhile." in stale
    assert "One.\nTwo.</textarea>" in stale


def test_who_may_not_or_cannot_is_shown_no_form(at: Desk) -> None:
    for claim in (opened(at, "The bridge fell.")[0], quoted(at)):
        assert 'name="parts"' not in read(at, path_of(claim))
    claim, (first, _second) = compound(at)
    assert 'name="parts"' not in read(at, path_of(claim), "vic")
    assert 'name="parts"' in read(at, path_of(claim))
    part_evidence(at, first)
    assert 'name="parts"' not in read(at, path_of(claim))


def test_evidence_and_verdicts_are_given_to_a_part(at: Desk) -> None:
    claim, (first, second) = compound(at)
    source = {"stance": "supports", "tier": "primary", "url": "https://records.example/kalda", "note": "Page 4."}
    page = post(at, path_of(claim, "evidence/"), aspect=str(first.pk), **source)
    assert "Page 4." in section(page, "part-1")
    assert "Page 4." not in section(page, "part-2")
    assert f'<option value="{second.pk}">Part 2: {TWO[1]}</option>' in page
    refused = post(at, path_of(claim, "verdict/"), verdict="supported", part_id=str(second.pk), want=409, **ANSWER)
    assert "needs one primary" in section(refused, "part-2")
    assert "So it is." in refused
    page = post(at, path_of(claim, "verdict/"), verdict="supported", part_id=str(first.pk), **ANSWER)
    assert "So it is." in section(page, "part-1")
    assert re.search(r'<form method="post" action="/verdicts/[\w-]+/approve/"', read(at, path_of(claim), "dora"))
    whole = post(at, path_of(claim, "verdict/"), verdict="not_checkable", want=409, **ANSWER)
    assert "follows from its parts" in whole


def test_a_verdict_on_a_part_is_reviewed_where_it_stands(at: Desk) -> None:
    _claim, (_first, second) = compound(at)
    verdict = part_proposal(at, second)
    page = post(at, f"/verdicts/{verdict.pk}/request-changes/", "dora", want=400, reason="")
    assert 'id="reason_part-2_reason"' in page
    page = post(at, f"/verdicts/{verdict.pk}/request-changes/", "dora", reason="Which day?")
    assert "Which day?" in section(page, "part-2")
    assert f"/claims/{second.claim_id}/#part-2" in read(at, "/projects/desk/")


def test_the_whole_is_told_with_its_parts(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first)
    judged(at, second, "refuted")
    told = section(read(at, path_of(claim), "vic"), "aspect-content")
    assert "mixed follows from its parts as of Nov. 1, 2026" in told
    assert "(1) supported, (2) refuted." in told
    for move in ("challenge", "reopen"):
        post(at, path_of(claim, "move/"), "dora", to=move, reason="Another bridge.")
    told = section(read(at, path_of(claim), "vic"), "aspect-content")
    assert "Another bridge." in told
    assert "follows from its parts as of" not in told


def test_the_history_tells_of_the_parts(at: Desk) -> None:
    claim, (_first, second) = compound(at)
    part_proposal(at, second)
    page = main(read(at, path_of(claim)))
    told = words(page.split('id="history"')[1])
    assert f"ben said what the parts of a claim are: – → (1) {TWO[0]} (2) {TWO[1]}" in told
    assert "content part 2: supported" in told
    assert 'href="#part-2"' in page


def test_evidence_from_before_is_told_apart(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim, note="From before.")
    compound(at, claim=claim)
    told = section(read(at, path_of(claim)), "aspect-content")
    assert "From before." in told
    assert "no verdict rests on it" in told


def test_a_plain_claim_stays_as_it_was(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    proposal(at, claim)
    page = read(at, path_of(claim), "dora")
    assert 'name="part_id"' not in page
    assert 'id="parts"' not in page
