"""Agreement on content kinds, on verdicts and on evidence: from what is stored, on the page and through the API."""

import json
import re
from typing import Any

import pytest

from annotations.agreement.checking import Approval, Overlap
from annotations.agreement.queries import evidence_of, kind_agreement_of, kinds_of, verdicts_of
from annotations.agreement.ratings import KINDS
from annotations.claims.models import ContentKind
from annotations.labelling.services import close_article
from annotations.verification.moves import move_claim
from annotations.verification.services import approve_verdict, request_changes
from tests.factories.claims import (
    Desk,
    closed,
    desk,
    evidence,
    fact,
    label,
    opened,
    proposal,
    quoted,
    said,
    unsettled,
    verified,
)
from tests.personas import Person

NONE_YET = "undefined: no claim has sources of two people"


def kind(name: str | None) -> Any:
    return said("attributed_statement", content_kind=name, attribution={"source_name": "Réna Orlu"})


def asked(at: Desk, name: str = "vic") -> dict[str, Any]:
    answer = Person(at.people[name]).browser.get("/api/v1/projects/desk/agreement/")
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_kinds_measured_are_those_there_are() -> None:
    assert list(KINDS) == ContentKind.values


def test_content_kinds_are_measured_over_attributed_statements_alone(at: Desk) -> None:
    quoted(at, "fact")
    quoted(at, "evaluation")
    unsettled(at)
    fact(at)
    figures = kind_agreement_of(at.project)
    assert (figures["n_claims"], figures["n_pairable"], figures["n_labels"]) == (3, 3, 6)
    assert figures["percent"] == pytest.approx(2 / 3)
    # Coincidences: fact 2 + 1, evaluation 2 + 1, of which 2 differ; 1 - (6 - 1) * 2 / (3 * 3 * 2).
    assert figures["alpha"] == pytest.approx(1 - 10 / 18)
    assert list(figures["per_label"]) == list(KINDS)
    assert figures["undefined"]["per_label.commissive"] == "undefined: label never used"
    assert figures["brennan_prediger"] == pytest.approx((2 / 3 - 1 / 5) / (1 - 1 / 5))


def test_who_names_no_kind_abstains_from_it(at: Desk) -> None:
    closed(at, ben=kind("fact"), cleo=kind(None))
    closed(at, ben=kind("fact"), cleo="opinion")
    found = kinds_of(at.project)
    assert (found.n_claims, found.n_pairable, found.n_abstained) == (2, 0, 1)


def test_approved_and_sent_back_verdicts_of_each_aspect(at: Desk) -> None:
    verified(at)
    claim = fact(at)
    evidence(at, claim)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Say since when.")
    approve_verdict(at.dora, verdict_id=proposal(at, claim).pk)
    said_so = quoted(at)
    evidence(at, said_so, aspect="attribution", quote="It was bound to happen.")
    proposal(at, said_so, "attribution", "accurate")
    assert verdicts_of(at.project) == {
        "attribution": Approval(None, 0, 0, "undefined: no verdict was reviewed by another person"),
        "content": Approval(2 / 3, 3, 2),
    }


@pytest.mark.django_db
def test_ones_own_approval_is_nobody_elses() -> None:
    at = desk(four_eyes=False)
    claim = fact(at)
    evidence(at, claim)
    approve_verdict(at.dora, verdict_id=proposal(at, claim, by="dora").pk)
    assert verdicts_of(at.project)["content"].n == 0


def test_sources_at_one_place_are_one_source(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim, url="https://records.example/a")
    evidence(at, claim, url="https://records.example/b")
    evidence(at, claim, by="cleo", url="http://www.records.example/a/?utm_source=x#top")
    evidence(at, fact(at))
    assert evidence_of(at.project) == (Overlap(0.5, 1, 1), Overlap(None, 0, 0, NONE_YET))


def test_what_was_given_before_closing_stands_apart(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    evidence(at, claim, url="https://records.example/a")
    evidence(at, claim, by="cleo", url="https://records.example/a")
    label(at, claim, ben="verifiable_fact", cleo="verifiable_fact")
    close_article(at.ann, article_id=claim.article_id)
    evidence(at, claim, by="dora", url="https://records.example/b")
    every, blind = evidence_of(at.project)
    assert blind == Overlap(1, 1, 0)
    assert every == Overlap(pytest.approx(1 / 3), 1, 0)


def test_aspects_of_a_claim_are_questions_of_their_own(at: Desk) -> None:
    claim = quoted(at, "fact")
    evidence(at, claim, url="https://records.example/a")
    evidence(at, claim, by="cleo", aspect="attribution", url="https://records.example/a", quote="So it was.")
    assert evidence_of(at.project)[0] == Overlap(None, 0, 2, NONE_YET)


def test_void_and_foreign_claims_are_left_out(at: Desk) -> None:
    claim = quoted(at, "fact")
    evidence(at, claim)
    move_claim(at.ann, claim_id=claim.pk, to="void", reason="A slip.")
    verified(desk("other"))
    assert kinds_of(at.project).n_claims == 0
    assert evidence_of(at.project)[0] == Overlap(None, 0, 0, NONE_YET)
    assert verdicts_of(at.project)["content"].n == 0


def test_the_api_has_each_under_a_key_of_its_own(at: Desk) -> None:
    verified(at)
    unsettled(at)
    found = asked(at)
    assert list(found) == ["label", "content_kind", "verdict", "evidence", "evidence_blind"]
    assert found["content_kind"].keys() == found["label"].keys()
    assert found["content_kind"]["percent"] == 0
    assert found["verdict"]["content"] == {"percent": 1, "n": 1, "approved": 1, "undefined_reason": None}
    assert found["evidence"] == {"jaccard": None, "n": 0, "missing": 1, "undefined_reason": NONE_YET}


def test_the_page_shows_them_apart(at: Desk) -> None:
    unsettled(at)
    claim = fact(at)
    evidence(at, claim, url="https://records.example/a")
    evidence(at, claim, by="cleo", url="https://records.example/a")
    approve_verdict(at.dora, verdict_id=proposal(at, claim).pk)
    page = Person(at.vic).browser.get("/projects/desk/agreement/").content.decode()
    kinds, checked = (page.split(f'id="{name}"')[1].split("</section>")[0] for name in ("kinds", "checked"))
    assert "Krippendorff’s alpha" in kinds and "Alpha of “evaluation”" in kinds
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="num">(?:<[^>]+>)?([^<]+)', checked)
    assert dict(rows) == {
        "Verdicts on attribution approved as proposed": "undefined: no verdict was reviewed by another person",
        "Verdicts on content approved as proposed": "1.000",
        "Sources in common": "1.000",
        "Sources in common, given before labelling closed": NONE_YET,
    }


def test_nothing_of_open_claims_moves_them(at: Desk) -> None:
    unsettled(at)
    [claim] = opened(at, "“It fell,” she said.")
    worlds = [asked(at, "cleo")]
    label(at, claim, ben=kind("fact"))
    evidence(at, claim, url="https://records.example/a")
    worlds.append(asked(at, "cleo"))
    label(at, claim, ben=kind("evaluation"), dora=kind("fact"))
    evidence(at, claim, by="dora", url="https://records.example/a")
    worlds.append(asked(at, "cleo"))
    assert worlds[1:] == worlds[:1] * 2
