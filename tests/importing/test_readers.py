"""What each reader finds in a file of its tool, and what it leaves aside."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.claims.units import Unit
from annotations.importing.formats import READERS, detected
from annotations.importing.outside import Aside, Document, OutsideSource, Read, Unreadable
from annotations.importing.placing import Placed, placed
from tests.importing import files
from tests.importing.files import FACT, OPINION, SAID, TEXT


def read(form: str, body: bytes) -> list[Read]:
    assert detected(body) == form
    return list(READERS[form](body))


def documents(reads: list[Read]) -> list[Document]:
    return [each for each in reads if isinstance(each, Document)]


def asides(reads: list[Any]) -> list[tuple[str, str]]:
    return [(each.item, str(each.detail)) for each in reads if isinstance(each, Aside)]


def told(document: Document, stored: str = TEXT) -> dict[str, list[tuple[str, str]]]:
    """The quotes of a document's claims, each with who said what of it."""
    claims = [each for each in placed(document, stored) if isinstance(each, Placed)]
    return {each.span.exact: [(said.annotator, said.name) for said in each.said] for each in claims}


def test_label_studio_tasks_with_several_annotators() -> None:
    reads = read("label_studio", files.label_studio())
    [document] = documents(reads)
    assert (document.item, document.text, document.unit) == ("task 1", TEXT, Unit.UTF16)
    assert document.known == {"title": "Zur Lage", "url": "https://paper.example/lage"}
    assert told(document) == {
        FACT: [("3", "Fact"), ("eva@example.org", "Fact")],
        OPINION: [("3", "Opinion")],
        SAID: [("eva@example.org", "Quote")],
    }
    assert asides(reads) == [("task 1", "1 prediction: what a machine proposed is nobody's label.")]


def test_label_studio_regions_in_code_points_as_newer_versions_write_them() -> None:
    text = "🌉🌉 fell. It rained."
    value = {"start": 3, "end": 8, "text": "fell.", "labels": ["Fact"]}
    result = [{"id": "r", "type": "labels", "to_name": "text", "value": value}]
    task = {"id": 4, "data": {"text": text}, "annotations": [{"reviewer": "r-1", "result": result}]}
    [document] = documents(read("label_studio", files.label_studio(task)))
    assert document.unit == Unit.CODE_POINT
    assert told(document, text) == {"fell.": [("r-1", "Fact")]}


def test_label_studio_completions_other_results_and_skipped_rounds() -> None:
    other = {"id": "x", "type": "choices", "from_name": "kind", "to_name": "text", "value": {"choices": ["news"]}}
    rounds = [{"id": 1, "result": [files.region(FACT, "Fact"), other]}, {"was_cancelled": True, "result": [other]}]
    reads = read("label_studio", files.label_studio({"id": 9, "data": {"body": TEXT}, "completions": rounds}))
    [document] = documents(reads)
    assert told(document) == {FACT: [("?", "Fact")]}
    assert asides(reads) == [
        ("task 9", "1 result of type choices: only spans of plain text (labels) are read."),
        ("task 9", "1 region of a skipped round."),
    ]


def test_a_label_studio_ground_truth_settles() -> None:
    rounds = [{"ground_truth": True, "completed_by": 1, "result": [files.region(FACT, "Fact")]}]
    [document] = documents(read("label_studio", files.label_studio(files.task(annotations=rounds))))
    assert [mark.settled for mark in document.marks] == ["Fact"]


def test_doccano_in_its_three_shapes() -> None:
    reads = read("doccano", files.doccano())
    first, second, third = documents(reads)
    assert told(first) == {FACT: [("?", "fact")], OPINION: [("?", "opinion")]}
    assert told(second, f"Older. {TEXT}") == {SAID: [("?", "attributed")]}
    assert told(third, f"Newer. {TEXT}") == {"Zur Lage": [("?", "fact")]}
    assert asides(reads) == [("line 3", "1 relation between spans.")]


def test_hypothesis_rows_by_their_address() -> None:
    page_note = files.annotation("x", id="note", target=[{"source": "https://paper.example/lage"}])
    reply = files.annotation("x", id="reply", references=["aBc-1"])
    reads = read("hypothesis", files.hypothesis(files.annotation(FACT), page_note, reply))
    [document] = documents(reads)
    assert (document.text, document.addresses) == (None, ("https://paper.example/lage?utm_source=x#top",))
    assert told(document) == {FACT: [("eva@hypothes.is", "fact")]}
    assert asides(reads) == [
        ("row note", "A note on the page, with no quote."),
        ("row reply", "A reply to another annotation."),
    ]


def test_a_quote_at_several_places_needs_its_context() -> None:
    text = "It rained. Then it stopped. It rained. Then it snowed."
    unclear, clear = files.annotation("It rained."), files.annotation("It rained.", "stopped. ", " Then it sn")
    [document] = documents(read("hypothesis", files.hypothesis(unclear, clear)))
    found = list(placed(document, text))
    assert asides(found) == [("row aBc-1", "The quote stands at 2 places; give more of the text before or after it.")]
    assert [each.span.start for each in found if isinstance(each, Placed)] == [28]


def test_a_cas_counts_as_java_does() -> None:
    reads = read("uima_cas_json", files.cas())
    [document] = documents(reads)
    assert (document.text, document.known) == (TEXT, {"title": "lage.txt", "language": "de"})
    assert told(document) == {FACT: [("eva", "fact")], SAID: [("eva", "quote")]}
    assert asides(reads) == []


def test_a_table_of_labels() -> None:
    start, end = files.points(TEXT, FACT)
    quoted = TEXT.replace('"', '""')
    body = (
        "text,start,end,exact,label,reviewer\r\n"
        f'"{quoted}",{start},{end},{FACT},fact,ann\r\n"{quoted}",{start},{end},{FACT},opinion,ben\r\n'
        f'"{quoted}",,,{OPINION},opinion,ann\r\n,1,2,,fact,ann\r\n"{quoted}",,,,fact,ann\r\n'
    )
    reads = read("csv", body.encode())
    [document] = documents(reads)
    assert told(document) == {FACT: [("ann", "fact"), ("ben", "opinion")], OPINION: [("ann", "opinion")]}
    assert [detail for _, detail in asides(reads)] == [
        "This row does not say which text it is about.",
        "This row has neither a span nor a quote.",
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda review: review,
        lambda review: [review],
        lambda review: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review]},
        lambda review: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review]}]},
        lambda review: {"@context": {}, "@type": "ClaimReview", **{k: v for k, v in review.items() if k != "@type"}},
    ],
)
def test_claim_reviews_in_every_wrapping(wrap: Any) -> None:
    source, document = read("claimreview", json.dumps(wrap(files.claim_review())).encode())
    assert isinstance(source, OutsideSource) and isinstance(document, Document)
    assert source.known == {
        "url": "https://checkers.example/bridge",
        "title": f"False: {FACT}",
        "publisher": "Checkers",
        "published_on": "2026-03-02",
    }
    assert document.addresses == ("https://www.paper.example/lage/",)
    assert [(mark.exact, mark.proposition, mark.verdicts) for mark in document.marks] == [(FACT, FACT, ("False",))]


def test_a_review_of_nothing_and_one_of_nowhere() -> None:
    reviews = [files.claim_review(claimReviewed=""), files.claim_review(url="", itemReviewed=None)]
    reads = read("claimreview", json.dumps(reviews).encode())
    assert asides(reads) == [
        ("https://checkers.example/bridge", "This review does not say what was claimed."),
        ("review 2", "It does not say where the claim appeared: it is kept as a source only."),
    ]


@pytest.mark.parametrize("body", [b"", b"just words", b"a,b,c\r\n1,2,3\r\n", b"[1, 2]", b'{"a": 1}', b"\xff\xfe\x00"])
def test_a_file_of_no_known_form_is_not_guessed(body: bytes) -> None:
    with pytest.raises(Unreadable):
        detected(body)


def test_a_cas_as_a_library_of_the_format_writes_it() -> None:
    """`cassis.json` was written by dkpro-cassis 0.12 from code points, which it turns into what Java counts."""
    body = (Path(__file__).parents[1] / "golden" / "imports" / "cassis.json").read_bytes()
    [document] = documents(read("uima_cas_json", body))
    assert told(document) == {FACT: [("?", "fact")], SAID: [("?", "quote")]}
