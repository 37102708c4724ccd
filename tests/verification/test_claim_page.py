"""The page of a claim, without a script: what one may know, what one may do, what is refused and how it is said."""

import re

import pytest

from annotations.verification.models import Verdict
from annotations.verification.services import request_changes
from annotations.verification.source_models import Evidence, Source
from annotations.verification.sourcing import add_source
from tests.factories.claims import (
    Desk,
    closed,
    decided,
    desk,
    disputed,
    draft,
    evidence,
    fact,
    fresh,
    label,
    opened,
    proposal,
    quoted,
    said,
    unsettled,
    verified,
)
from tests.personas import Person
from tests.verification.pages import main, masked, path_of, post, read, section

NEW = {"aspect": "content", "stance": "supports", "tier": "primary", "set": "1"}
VERDICT = {"aspect": "content", "verdict": "supported", "explanation": "The register has it.", "as_of": "2026-11-01"}


# what one may know of an open claim


@pytest.mark.parametrize("name", ["cleo", "dora", "ann"])
def test_an_open_claim_shows_nothing_that_others_did(at: Desk, name: str) -> None:
    [claim] = opened(at, "The bridge fell.")
    paths = [path_of(claim), "/projects/desk/sources/", "/projects/desk/checking/?status=all"]
    worlds = [[masked(read(at, path, name)) for path in paths]]
    label(at, claim, ben=said("opinion", rationale="A judgement."))
    worlds.append([masked(read(at, path, name)) for path in paths])
    label(at, claim, ben="verifiable_fact")
    evidence(at, claim, quote="It fell.")
    worlds.append([masked(read(at, path, name)) for path in paths])
    assert worlds[1:] == worlds[:1] * 2
    assert "It fell." in read(at, path_of(claim), "ben")


def test_an_open_claim_shows_my_own_label_and_evidence(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    page = main(read(at, path_of(claim)))
    assert "You have not labelled this claim." in page and "Label it in the article" in page
    label(at, claim, ben=said("opinion", rationale="A judgement."))
    evidence(at, claim, title="The register")
    page = main(read(at, path_of(claim)))
    assert "mark--opinion" in page and "A judgement." in page
    assert "Your evidence" in page and "The register" in page
    assert "saved a label" in section(page, "history")
    assert 'action="/claims/' in page and "verdict/" not in page and "sharpen/" not in page


def test_viewers_and_strangers_know_nothing_of_open_claims(at: Desk) -> None:
    [claim], other = opened(at, "The bridge fell."), desk("other")
    read(at, path_of(claim), "vic", want=404)
    other.eve.memberships.filter(project=at.project).delete()
    read(other, path_of(claim), "eve", want=404)
    for act in ("evidence/", "verdict/", "move/", "sharpen/"):
        post(other, path_of(claim, act), "eve", want=404, **VERDICT)
    assert Person(None).browser.get(path_of(claim)).status_code == 302


def test_a_draft_unit_has_a_page_without_forms(at: Desk) -> None:
    unit = draft(at).claims.earliest("start")
    page = main(read(at, path_of(unit), "ann"))
    assert "Its article is in draft" in page
    assert "<form" not in page


# a settled claim


def test_a_settled_claim_shows_its_label_who_said_what_and_the_history(at: Desk) -> None:
    claim = quoted(at, "fact")
    page = main(read(at, path_of(claim), "vic"))
    standing = section(page, "status")
    for told in ("agreed", "attributed statement", "all reviewers agree", "fact", "Réna Orlu"):
        assert told in standing
    labels = section(page, "labels")
    assert "ben" in labels and "cleo" in labels
    history = section(page, "history")
    assert "saved a label" in history and "labelling → agreed" in history
    assert section(page, "aspect-attribution") and section(page, "aspect-content")
    assert "<form" not in page  # a viewer reads


def test_an_adjudicators_decision_stands_with_its_reason(at: Desk) -> None:
    claim = decided(at, disputed(at))
    standing = section(main(read(at, path_of(claim))), "status")
    assert "an adjudicator decided" in standing and "The date can be looked up." in standing


def test_a_dispute_leads_those_who_may_to_the_decision(at: Desk) -> None:
    claim = closed(at, ben="opinion", dora="verifiable_fact")
    assert "decide/" in read(at, path_of(claim), "eve")
    assert "decide/" not in read(at, path_of(claim), "dora")
    assert "decide/" not in read(at, path_of(claim), "ben")
    assert "is not settled" in section(main(read(at, path_of(unsettled(at)))), "status")


def test_a_label_changed_after_closing_is_told_and_does_not_count(at: Desk) -> None:
    claim = fact(at)
    label(at, claim, ben="opinion")
    labels = section(main(read(at, path_of(claim))), "labels")
    assert "2 versions" in labels
    assert re.search(r"2 · ~ O opinion Nov.*1 · ◆ F verifiable fact counts", labels)


def test_the_text_of_people_is_drawn_as_text(at: Desk) -> None:
    claim = fact(at, "It <b>fell</b> & <script>alert(1)</script> broke.")
    evidence(at, claim, title="<img src=x>", quote="</blockquote><i>x</i>")
    page = read(at, path_of(claim))
    assert "<script>alert" not in page and "<img src=x>" not in page and "<i>x" not in page
    assert "It &lt;b&gt;fell&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt; broke." in page


# evidence


def test_evidence_is_added_and_begins_research(at: Desk) -> None:
    claim = fact(at)
    page = post(at, path_of(claim, "evidence/"), url="https://records.example/1", quote="It fell. ", **NEW)
    assert "The evidence is added." in page
    panel = section(main(page), "aspect-content")
    assert "researching" in panel and "It fell." in panel and "primary" in panel
    assert "There is enough for: supported, mixed, outdated." in panel
    assert 'rel="noreferrer noopener external"' in page
    assert Evidence.objects.get().quote == "It fell. "


def test_evidence_takes_a_source_of_the_project(at: Desk) -> None:
    claim, source = fact(at), add_source(at.cleo, slug="desk", title="The register")
    post(at, path_of(claim, "evidence/"), source=source.pk, **NEW)
    assert Evidence.objects.get().source == source
    both = post(at, path_of(claim, "evidence/"), want=400, source=source.pk, title="Another", note="Kept", **NEW)
    assert "not both" in both and "Kept" in both


def test_evidence_that_names_no_source_is_refused_with_what_was_typed(at: Desk) -> None:
    claim = fact(at)
    page = post(at, path_of(claim, "evidence/"), want=400, note="Looked <up>", **NEW)
    assert "Name the source by its url or by its title." in page and "Looked &lt;up&gt;" in page
    assert '<details class="fold" open>' in page
    wrong = post(at, path_of(claim, "evidence/"), want=400, url="javascript:alert(1)", **NEW)
    assert "Enter a valid URL." in wrong
    assert fresh(claim).status == "agreed" and not Source.objects.exists()


def test_only_my_own_evidence_offers_to_be_removed(at: Desk) -> None:
    claim = fact(at)
    piece = evidence(at, claim, title="The register")
    remove = f"/evidence/{piece.pk}/remove/"
    assert remove in read(at, path_of(claim)) and remove not in read(at, path_of(claim), "cleo")
    post(at, remove, "cleo", want=403)
    assert "The evidence is removed" in post(at, remove)
    assert not Evidence.objects.exists()
    post(at, remove, want=404)


# verdicts


def test_a_verdict_is_proposed_and_says_who_has_to_approve_it(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    page = main(post(at, path_of(claim, "verdict/"), "dora", **VERDICT))
    panel = section(page, "aspect-content")
    assert "You proposed it, so somebody else has to approve it: ann, eve" in panel
    assert "approve/" not in page
    assert "It waits for one of: ann, eve" in section(main(read(at, path_of(claim))), "aspect-content")
    assert "approve/" in read(at, path_of(claim), "eve")


def test_what_a_verdict_misses_is_named_and_what_was_typed_is_kept(at: Desk) -> None:
    claim = fact(at)
    page = main(read(at, path_of(claim)))
    assert "There is not enough yet for any verdict that rests on sources." in section(page, "aspect-content")
    assert "“supported” needs one primary or two independent secondary sources" in section(page, "aspect-content")
    page = main(post(at, path_of(claim, "verdict/"), want=409, **VERDICT))
    assert "two independent secondary" in page and "The register has it." in page
    none = main(post(at, path_of(claim, "verdict/"), want=400, **{**VERDICT, "explanation": "", "as_of": "yesterday"}))
    assert "This field is required." in none and "Enter a valid date." in none
    post(at, path_of(claim, "verdict/"), want=400, **{**VERDICT, "verdict": "accurate"})
    post(at, path_of(claim, "verdict/"), want=404, **{**VERDICT, "aspect": "both"})
    post(at, path_of(claim, "verdict/"), "vic", want=403, **VERDICT)
    assert not Verdict.objects.exists()


def test_a_verdict_of_a_day_to_come_is_refused_at_its_field(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    page = main(post(at, path_of(claim, "verdict/"), want=400, **{**VERDICT, "as_of": "2199-01-01"}))
    assert "not a later one" in page
    assert 'value="2199-01-01"' in page
    assert not Verdict.objects.exists()


def test_another_person_approves_or_sends_back(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    first = proposal(at, claim)
    back = f"/verdicts/{first.pk}/request-changes/"
    assert "This field is required." in post(at, back, "dora", want=400, reason=" ")
    assert "Which Tuesday?" in post(at, back, "dora", reason="Which Tuesday?")
    panel = section(main(read(at, path_of(claim))), "aspect-content")
    assert "sent back" in panel and "To be changed: Which Tuesday?" in panel
    second = proposal(at, claim, by="eve")
    approve = f"/verdicts/{second.pk}/approve/"
    own = post(at, approve, "eve", want=403)
    assert "somebody else has to review it" in own
    post(at, approve, "ben", want=403)
    page = main(post(at, approve, "dora"))
    assert "verified" in section(page, "status")
    assert "approved by dora" in section(page, "aspect-content")
    assert "not proposed" in post(at, approve, "dora", want=409)


def test_what_is_unsettled_is_said_when_somebody_approves(at: Desk) -> None:
    claim = unsettled(at)
    evidence(at, claim, aspect="attribution", quote="It was bound to happen.")
    verdict = proposal(at, claim, "attribution", "accurate")
    page = post(at, f"/verdicts/{verdict.pk}/approve/", "dora", want=409)
    assert "An adjudicator has to decide it first." in section(main(page), "aspect-attribution")


# moves and propositions


def test_only_moves_that_are_possible_and_mine_are_offered(at: Desk) -> None:
    offered = re.compile(r'name="to" value="(\w+)"')
    claim = verified(at)
    assert offered.findall(read(at, path_of(claim), "vic")) == []
    assert offered.findall(read(at, path_of(claim), "ben")) == ["challenge"]
    assert offered.findall(read(at, path_of(claim), "dora")) == ["challenge", "withdraw"]
    assert offered.findall(read(at, path_of(claim), "ann")) == ["challenge", "withdraw", "void"]


def test_a_move_is_made_with_a_reason(at: Desk) -> None:
    claim = verified(at)
    assert "This field is required." in post(at, path_of(claim, "move/"), want=400, to="challenge")
    page = main(post(at, path_of(claim, "move/"), to="challenge", reason="Which bridge?"))
    assert "challenged" in section(page, "status")
    assert "Which bridge?" in section(page, "history")
    refused = post(at, path_of(claim, "move/"), "dora", want=409, to="close", reason="Typed and kept.")
    assert "Possible now: correct, withdraw, reopen" in refused and "Typed and kept." in refused
    post(at, path_of(claim, "move/"), want=403, to="withdraw", reason="No.")


def test_one_aspect_can_be_named_where_several_can_move(at: Desk) -> None:
    claim = quoted(at, "fact")
    for aspect, verdict in (("attribution", "not_found"), ("content", "not_enough_evidence")):
        made = proposal(at, claim, aspect, verdict, search_note="Everywhere, 2026-11-01.")
        post(at, f"/verdicts/{made.pk}/approve/", "dora")
    assert 'name="aspect"' in read(at, path_of(claim)).split('id="status"')[1].split("</section>")[0]
    post(at, path_of(claim, "move/"), to="challenge", aspect="content", reason="Look again.")
    page = main(read(at, path_of(claim)))
    assert "verified" in section(page, "aspect-attribution") and "challenged" in section(page, "aspect-content")


def test_a_long_history_has_pages(at: Desk) -> None:
    claim = fact(at)
    for number in range(35):
        evidence(at, claim, title=f"Source {number}")
    page = read(at, path_of(claim))
    assert "page 1 of 2" in page and "added a unit" not in section(main(page), "history")
    assert "added a unit" in section(main(read(at, path_of(claim) + "?page=2")), "history")


def test_what_was_sent_back_is_seen_in_the_history(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Which Tuesday?")
    history = section(main(read(at, path_of(claim), "vic")), "history")
    assert (
        "dora asked for changes of a verdict: content: supported verdict proposed → researching Which Tuesday?"
        in history
    )
