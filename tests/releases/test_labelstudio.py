"""labelstudio.json holds what each reviewer said, at the same characters, in a shape that Label Studio imports."""

import json
from typing import Any
from xml.etree import ElementTree

from annotations.agreement.ratings import CATEGORIES
from annotations.claims.models import ContentKind, LabelValue
from annotations.releases.formats import native
from annotations.releases.formats.labelstudio import config, write
from tests.releases.shapes import ARTICLE, CLAIMS, SHA256, TEXT, claim, lines, said


def read(*told: dict[str, Any]) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = json.loads(b"".join(write(lines(*told))))
    return tasks


def labelled() -> list[dict[str, Any]]:
    return [
        *(claim(0), said(0, "r-2", seconds=30), said(0, "r-1", seconds=11)),
        *(claim(1), said(1, "r-1", "opinion", seconds=30)),
    ]


def test_one_task_for_an_article_with_its_text() -> None:
    [task] = read(*labelled())
    assert task["data"] == {
        "text": TEXT,
        "article_id": "a-1",
        "sha256": SHA256,
        "url": "https://paper.example/1",
        "language": "de",
        "offset_unit": "unicode_code_point",
    }
    assert (task["id"], task["predictions"]) == (1, [])


def test_one_annotation_for_each_reviewer_and_one_for_what_was_settled() -> None:
    [task] = read(*labelled())
    one, other, settled = task["annotations"]
    assert [(each["id"], each["reviewer"], each["ground_truth"]) for each in task["annotations"]] == [
        (1, "r-1", False),
        (2, "r-2", False),
        (3, None, True),
    ]
    assert [each["lead_time"] for each in task["annotations"]] == [41.0, 30.0, None]
    assert [result["value"]["labels"] for result in one["result"]] == [["verifiable_fact"], ["opinion"]]
    assert [result["id"] for result in one["result"]] == ["l-0-r-1", "l-1-r-1"]
    assert [result["id"] for result in other["result"]] == ["l-0-r-2"]
    assert [result["value"]["labels"] for result in settled["result"]] == [["verifiable_fact"], ["verifiable_fact"]]


def test_regions_lie_on_the_same_characters_counted_as_label_studio_does() -> None:
    # Seen in Chromium with Label Studio 1.23.2: counted in UTF-16 units, regions behind an emoji are drawn too late.
    [task] = read(*labelled())
    assert task["data"]["offset_unit"] == "unicode_code_point"
    regions = [result["value"] for each in task["annotations"] for result in each["result"]]
    assert {region["text"] for region in regions} == set(CLAIMS)
    assert all(TEXT[region["start"] : region["end"]] == region["text"] for region in regions)


def test_a_content_kind_is_a_choice_of_its_region() -> None:
    [task] = read(claim(0), said(0, "r-1", "attributed_statement", content_kind="prediction"))
    region, choice = task["annotations"][0]["result"]
    assert (region["type"], choice["type"]) == ("labels", "choices")
    assert (region["id"], region["to_name"]) == (choice["id"], choice["to_name"])
    assert choice["from_name"] == "content_kind"
    place = {name: region["value"][name] for name in ("start", "end", "text")}
    assert choice["value"] == {**place, "choices": ["prediction"]}


def test_the_pseudonym_stands_where_an_import_keeps_it_and_nobody_is_named_as_a_member() -> None:
    # Label Studio refuses the whole file where `completed_by` is no member of its own; it drops other keys.
    [task] = read(*labelled())
    one, _, settled = task["annotations"]
    assert all(result["meta"] == {"text": ["r-1"]} for result in one["result"])
    assert not any("meta" in result for result in settled["result"])
    assert all("completed_by" not in each for each in task["annotations"])
    assert all(isinstance(each["result"], list) and isinstance(each["id"], int) for each in task["annotations"])


def test_abstentions_are_labels_and_what_is_not_settled_has_no_truth() -> None:
    nothing = {"value": None, "content_kind": None, "origin": None, "votes": {"unsure": 1}}
    [task] = read(claim(0, label=nothing, status="disputed", verified=False), said(0, "r-1", "unsure"))
    [only] = task["annotations"]
    assert only["result"][0]["value"]["labels"] == ["unsure"]
    assert only["ground_truth"] is False
    [task] = read(claim(0, label=nothing))
    assert task["annotations"] == []


def test_annotations_are_numbered_through_the_file() -> None:
    other = {**ARTICLE, "id": "a-2"}
    told = [*lines(*labelled()), *map(native.line, (other, claim(0, id="c-9", article_id="a-2"), said(0, "r-1")))]
    tasks = json.loads(b"".join(write(told)))
    assert [task["id"] for task in tasks] == [1, 2]
    assert [each["id"] for task in tasks for each in task["annotations"]] == [1, 2, 3, 4, 5]


def test_no_claims_no_tasks() -> None:
    assert read() == []


def test_the_config_offers_every_label_and_content_kind_under_the_names_of_the_results() -> None:
    view = ElementTree.fromstring(b"".join(config([])))
    [labels], [choices], [text] = view.findall("Labels"), view.findall("Choices"), view.findall("Text")
    assert [label.get("value") for label in labels] == LabelValue.values
    assert [label.get("value") for label in labels][:3] == list(CATEGORIES)
    assert [choice.get("value") for choice in choices] == ContentKind.values
    assert (labels.get("name"), labels.get("toName")) == ("label", "text")
    assert (choices.get("name"), choices.get("toName"), choices.get("perRegion")) == ("content_kind", "text", "true")
    assert (text.get("name"), text.get("value")) == ("text", "$text")
