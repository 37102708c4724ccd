"""averitec.json holds the checked claims in the shape of that data set, and no others."""

import json
from typing import Any

import pytest

from annotations.releases.formats import native
from annotations.releases.formats.averitec import LABELS, write
from annotations.verification.models import CONTENT_VERDICTS
from tests.releases.shapes import ARTICLE, CLAIMS, RELEASE, check, claim, evidence, lines, part, said

PUBLIC = {**RELEASE, "public": {"url": "https://bench.example/p/desk/3/", "publisher": "Desk"}}


def read(*told: dict[str, Any], release: dict[str, Any] = RELEASE, article: dict[str, Any] = ARTICLE) -> list[Any]:
    content = [native.line(record) for record in (release, article, *told)]
    found: list[Any] = json.loads(b"".join(write(content)))
    return found


def test_a_checked_claim() -> None:
    attribution = {"source_name": "The minister"}
    [found] = read(claim(0, checks=[check(verdict="refuted")], attribution=attribution), evidence(0), said(0, "r-1"))
    assert found == {
        "claim": CLAIMS[0],
        "required_reannotation": False,
        "label": "Refuted",
        "justification": "On content.",
        "claim_date": "6-5-2026",
        "speaker": "The minister",
        "original_claim_url": "https://paper.example/1",
        "cached_original_claim_url": None,
        "fact_checking_article": None,
        "reporting_source": "The Paper",
        "location_ISO_code": None,
        "claim_types": [],
        "fact_checking_strategies": [],
        "questions": [
            {
                "question": f"What does Minutes say of this: {CLAIMS[0]}",
                "answers": [
                    {
                        "answer": "Niemand sagte das.",
                        "answer_type": "Extractive",
                        "source_url": "https://records.example/minutes",
                        "cached_source_url": None,
                        "source_medium": None,
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize("verdict", CONTENT_VERDICTS)
def test_verdicts_without_a_label_are_left_out(verdict: str) -> None:
    found = read(claim(0, checks=[check(verdict=verdict)]))
    assert [one["label"] for one in found] == ([LABELS[verdict]] if verdict in LABELS else [])
    assert len(set(LABELS.values())) == 4


def test_only_approved_verdicts_on_the_content_count() -> None:
    assert read(claim(0, checks=[check(approved_by=[], status="proposed")])) == []
    assert read(claim(0, checks=[check("attribution", "accurate")])) == []
    assert read(claim(0), said(0, "r-1", "unsure")) == []
    assert json.loads(b"".join(write(lines()))) == []


def test_evidence_on_the_attribution_asks_nothing() -> None:
    [found] = read(claim(0, checks=[check()]), evidence(0, aspect="attribution"))
    assert found["questions"] == []


def test_answers_say_what_they_are_made_of() -> None:
    told = [evidence(0, quote=None, note="The log has 38.6."), evidence(0, quote=None, title=None, url=None)]
    [found] = read(claim(0, checks=[check()]), *told)
    answers = [question["answers"][0] for question in found["questions"]]
    assert [(answer["answer"], answer["answer_type"]) for answer in answers] == [
        ("The log has 38.6.", "Abstractive"),
        ("No answer could be found.", "Unanswerable"),
    ]
    assert found["questions"][1]["question"].startswith("What does the source say of this: ")


def test_a_part_is_what_its_evidence_answers() -> None:
    parts = [part(0), part(1)]
    told = claim(0, checks=[check(verdict="mixed", proposed_by=None)], parts=parts)
    [found] = read(told, evidence(0, part_id=parts[1]["id"]))
    assert found["questions"][0]["question"] == "What does Minutes say of this: Part 1."


def test_a_public_claim_has_its_address_and_an_unknown_day_none() -> None:
    unknown = {**ARTICLE, "published_on": None, "publisher": None}
    [found] = read(claim(0, proposition="", checks=[check()]), release=PUBLIC, article=unknown)
    assert found["fact_checking_article"] == "https://bench.example/p/desk/3/claims/c-0/"
    assert (found["claim_date"], found["speaker"], found["claim"]) == (None, None, CLAIMS[0])


def test_no_reviewer_is_in_it() -> None:
    content = b"".join(write(lines(claim(0, checks=[check()]), said(0, "r-1"))))
    assert b"r-1" not in content
    assert b"r-2" not in content
