"""claimreview.jsonld and the page for Fact Check Tools: only verified verdicts, on their scale, said by whom it was."""

from typing import Any

import orjson
import pytest

from annotations.releases.formats import claimreview, factchecktools, native
from annotations.verification.models import ATTRIBUTION_VERDICTS, CONTENT_VERDICTS
from tests.releases.claimreviews import problems, recommended
from tests.releases.shapes import ARTICLE, CLAIMS, CODEBOOK, RELEASE, TEXT, check, claim, evidence, part

BASE = "https://desk.example/public/releases/1/"
PUBLIC = {**RELEASE, "license": "CC-BY-4.0", "public": {"url": BASE, "publisher": "The desk"}}
SAID = {"value": "attributed_statement", "content_kind": "fact", "origin": "unanimous", "votes": {}}
MINISTER = {"source_name": "A. Minister", "source_kind": "named_person", "source_role": "Minister", "mode": "mixed"}


def lines(*told: dict[str, Any], article: dict[str, Any] = ARTICLE) -> list[bytes]:
    return [native.line(record) for record in (PUBLIC, CODEBOOK, article, *told)]


def read(*told: dict[str, Any], article: dict[str, Any] = ARTICLE) -> list[dict[str, Any]]:
    whole = orjson.loads(b"".join(claimreview.write(lines(*told, article=article))))
    assert whole["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = whole["@graph"]
    assert [problem for review in found for problem in problems(review)] == []
    return found


def test_a_verified_verdict_is_a_review_with_all_that_is_asked() -> None:
    [review] = read(claim(0, checks=[check(verdict="mixed")]), evidence(0))
    assert review["url"] == f"{BASE}claims/c-0/#content"
    assert review["author"] == {"@type": "Organization", "name": "The desk", "url": BASE}
    assert (review["claimReviewed"], review["itemReviewed"]["text"]) == (CLAIMS[0], CLAIMS[0])
    assert review["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [each["url"] for each in review["citation"]] == ["https://records.example/minutes"]
    assert recommended(review) == {
        "author",
        "itemReviewed",
        "itemReviewed.author",
        "itemReviewed.datePublished",
        "itemReviewed.appearance",
    }


@pytest.mark.parametrize(("verdict", "number"), [("refuted", 1), ("mixed", 3), ("supported", 5)])
def test_three_verdicts_stand_on_the_scale(verdict: str, number: int) -> None:
    [review] = read(claim(0, checks=[check(verdict=verdict)]))
    rating = review["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, number, 5)


@pytest.mark.parametrize("verdict", ["not_enough_evidence", "outdated"])
def test_other_verdicts_have_words_and_no_number(verdict: str) -> None:
    [review] = read(claim(0, checks=[check(verdict=verdict)]))
    assert set(review["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}


@pytest.mark.parametrize("verdict", ATTRIBUTION_VERDICTS)
def test_every_verdict_on_an_attribution_has_words_and_no_number(verdict: str) -> None:
    told = claim(0, label=SAID, attribution=MINISTER, checks=[check("attribution", verdict)])
    [review] = read(told)
    assert set(review["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}
    assert (review["reviewAspect"], review["url"]) == ("attribution", f"{BASE}claims/c-0/#attribution")


@pytest.mark.parametrize(
    "told",
    [
        {"checks": [check(verdict="pending")]},
        {"checks": [check(verdict="not_checkable")]},
        {"checks": [check(approved_by=[])]},
        {"checks": [check(verdict=None, approved_by=[])]},
        {"checks": [check()], "verified": False, "status": "challenged"},
        {"checks": [check()], "label": {**SAID, "value": "opinion"}},
        {"checks": [check()], "label": {**SAID, "value": None}},
    ],
)
def test_what_is_never_reviewed(told: dict[str, Any]) -> None:
    assert read(claim(0, **told)) == []
    page = orjson.loads(b"".join(factchecktools.write(lines(claim(0, **told)))))
    assert page["claimReviewMarkups"] == []


def test_every_verdict_of_the_product_is_decided_here() -> None:
    silent = {"pending", "not_checkable"}
    for verdict in (*CONTENT_VERDICTS, *ATTRIBUTION_VERDICTS):
        aspect = "content" if verdict in CONTENT_VERDICTS else "attribution"
        told = claim(0, label=SAID, attribution=MINISTER, checks=[check(aspect, verdict)])
        assert bool(read(told)) == (verdict not in silent), verdict


def test_the_paper_says_that_somebody_said_it_and_somebody_what_was_said() -> None:
    start = TEXT.index("gilt")
    attribution = {**MINISTER, "spans": {"content": {"start": start, "end": start + 4}}}
    checks = [check("attribution", "accurate"), check("content", "refuted")]
    first, second = read(claim(0, label=SAID, attribution=attribution, checks=checks, proposition="It holds."))
    minister = {"@type": "Person", "name": "A. Minister", "jobTitle": "Minister"}
    assert first["itemReviewed"]["author"] == {"@type": "Organization", "name": "The Paper"}
    assert first["itemReviewed"]["about"] == {"@type": "Quotation", "text": "gilt", "creator": minister}
    assert (first["claimReviewed"], second["claimReviewed"]) == (CLAIMS[0], "It holds.")
    assert second["itemReviewed"]["author"] == minister and "about" not in second["itemReviewed"]


@pytest.mark.parametrize("kind", [None, "described", "anonymous", "unspecified"])
def test_of_a_source_without_a_name_of_its_own_nothing_is_made_up(kind: str | None) -> None:
    attribution = {"source_name": "a senior official", "source_kind": kind}
    [review] = read(claim(0, label=SAID, attribution=attribution, checks=[check()]))
    assert "author" not in review["itemReviewed"]


def test_what_is_not_known_is_left_out() -> None:
    bare = {**ARTICLE, **dict.fromkeys(("url", "publisher", "author", "published_on", "language"))}
    [review] = read(claim(0, checks=[check()]), evidence(0, url=None), article=bare)
    assert set(review["itemReviewed"]) == {"@type", "@id", "text"} and "citation" not in review


def test_parts_stand_in_the_claim_and_a_source_once() -> None:
    twice = (evidence(0), evidence(0, id="e-2"), evidence(0, aspect="attribution", url="https://radio.example/"))
    [review] = read(claim(0, checks=[check()], parts=[part(0), part(1)]), *twice)
    assert [each["text"] for each in review["itemReviewed"]["hasPart"]] == ["Part 0.", "Part 1."]
    assert len(review["citation"]) == 1


def test_the_page_for_fact_check_tools_says_the_same() -> None:
    told = (claim(0, checks=[check(verdict="mixed")]), claim(1, checks=[check(verdict="outdated")]))
    page = orjson.loads(b"".join(factchecktools.write(lines(*told))))
    assert page["pageUrl"] == BASE and page["claimReviewAuthor"] == {"name": "The desk"}
    first, second = page["claimReviewMarkups"]
    reviews = read(*told)
    assert [first["url"], second["url"]] == [review["url"] for review in reviews]
    assert first["rating"]["ratingValue"] == 3 and "ratingValue" not in second["rating"]
    assert first["claimAuthor"] == {"name": "The Paper"} and first["claimDate"] == "2026-05-06"
