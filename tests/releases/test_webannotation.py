"""webannotation.jsonld is an annotation collection as the W3C has it, and leads to the same characters."""

from typing import Any

import orjson
import pytest

from annotations.releases.formats import native
from annotations.releases.formats.webannotation import write
from tests.releases.shapes import ARTICLE, CLAIMS, RELEASE, TEXT, check, claim, evidence, lines, part, said
from tests.releases.webannotations import problems

ID = "00000000-0000-7000-8000-00000000000"
PAPER = {**ARTICLE, "id": f"{ID}9"}
PUBLIC = {**RELEASE, "public": {"url": "https://bench.example/p/desk/3/", "publisher": "Desk"}}


def marked(number: int, **more: Any) -> dict[str, Any]:
    return claim(number, **{"id": f"{ID}{number}", **more})


def read(*told: dict[str, Any], release: dict[str, Any] = RELEASE, article: dict[str, Any] = PAPER) -> dict[str, Any]:
    content = [native.line(record) for record in (release, article, *told)]
    collection: dict[str, Any] = orjson.loads(b"".join(write(content)))
    assert problems(collection) == []
    return collection


def items(*told: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(*told, **more)["first"]["items"]
    return found


def values(item: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for body in item["body"]:
        found.setdefault(body["purpose"], []).append(body.get("value") or body["source"])
    return found


def test_labels_verdicts_and_evidence_are_annotations() -> None:
    told = (marked(0, checks=[check()]), evidence(0), said(0, "r-1"), said(0, "r-2", "unsure"), marked(1))
    collection = read(*told)
    assert collection["total"] == 4
    motivations = [item["motivation"] for item in collection["first"]["items"]]
    assert motivations == ["classifying", "classifying", "assessing", "linking"]
    assert collection["label"].endswith(", release 3")


def test_a_label_classifies_the_words_of_its_claim() -> None:
    label = said(0, "r-1", "attributed_statement", content_kind="fact", rationale="Ünter quotes.")
    [item] = items(marked(0), label)
    assert values(item) == {
        "classifying": ["attributed_statement"],
        "tagging": ["fact"],
        "commenting": ["Ünter quotes."],
    }
    assert item["creator"]["nickname"] == "r-1"
    assert item["created"] == "2026-11-22T00:00:00Z"
    quote, position = item["target"]["selector"]
    start, end = position["start"], position["end"]
    assert TEXT[start:end] == quote["exact"] == CLAIMS[0], "code points, though an emoji stands before"
    assert TEXT[:start].endswith(quote["prefix"])
    assert TEXT[end:].startswith(quote["suffix"])
    assert item["target"]["source"] == "https://paper.example/1"


def test_an_article_without_an_address_has_a_name() -> None:
    [item] = items(marked(0), said(0, "r-1"), article={**PAPER, "url": None})
    assert item["target"]["source"] == f"urn:uuid:{ID}9"


def test_an_approved_verdict_assesses_and_another_is_not_told() -> None:
    checks = [check("attribution", "accurate"), check(approved_by=[], status="proposed")]
    [item] = items(marked(0, checks=checks))
    assert item["id"] == f"urn:uuid:{ID}0#attribution"
    assert values(item) == {"classifying": ["accurate"], "tagging": ["attribution"], "describing": ["On attribution."]}
    assert [person["nickname"] for person in item["creator"]] == ["r-1", "r-2"]


def test_parts_have_verdicts_of_their_own_and_that_of_the_whole_no_proposer() -> None:
    whole = check(verdict="mixed", proposed_by=None)
    told = items(marked(0, checks=[whole], parts=[part(0), part(1, verdict="refuted"), part(2, approved_by=[])]))
    assert [values(item)["classifying"] for item in told] == [["mixed"], ["supported"], ["refuted"]]
    assert [values(item).get("identifying") for item in told] == [None, ["Part 0."], ["Part 1."]]
    assert [person["nickname"] for person in told[0]["creator"]] == ["r-2"]


def test_evidence_links_its_source_to_the_claim() -> None:
    [item] = items(marked(0), evidence(0, note="p. 3"))
    assert item["target"] == f"urn:uuid:{ID}0"
    assert item["body"][0]["selector"] == {"type": "TextQuoteSelector", "exact": "Niemand sagte das."}
    assert values(item)["linking"] == ["https://records.example/minutes"]
    assert values(item)["tagging"] == ["refutes", "primary", "content"]
    assert values(item)["commenting"] == ["p. 3"]
    [item] = items(marked(0), evidence(0, url=None, quote=None))
    assert values(item)["linking"] == ["urn:uuid:00000000-0000-7000-8000-0000000000f0"]


def test_a_public_release_has_addresses() -> None:
    told = (marked(0), evidence(0), said(0, "r-1"))
    collection = read(*told, release=PUBLIC)
    assert collection["id"] == "https://bench.example/p/desk/3/#annotations"
    label, linked = collection["first"]["items"]
    assert label["id"] == "https://bench.example/p/desk/3/#l-0-r-1"
    assert linked["target"] == f"https://bench.example/p/desk/3/claims/{ID}0/"


def test_other_releases_have_other_names() -> None:
    other = {**RELEASE, "number": 4}
    assert read(marked(0), said(0, "r-1"))["id"] != read(marked(0), said(0, "r-1"), release=other)["id"]


def test_without_anything_said_there_is_no_page() -> None:
    assert "first" not in read(marked(0))
    assert orjson.loads(b"".join(write(lines())))["total"] == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.update(total=7),
        lambda found: found["first"]["items"][0].update(own="word"),
        lambda found: found["first"]["items"][0].update(id="l-1"),
        lambda found: found["first"]["items"][0].update(created="2026-11-22"),
        lambda found: found["first"]["items"][0]["target"].update(source="urn:uuid:l-1"),
        lambda found: found["first"]["items"][0]["target"]["selector"][1].update(end=1),
    ],
)
def test_the_checker_finds_what_is_wrong(spoil: Any) -> None:
    collection = read(marked(0), said(0, "r-1"))
    spoil(collection)
    assert problems(collection)
