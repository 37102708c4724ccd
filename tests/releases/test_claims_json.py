"""claims.json is the native form as one document: every record once, exactly as its line."""

import json
from typing import Any

from annotations.releases.formats import native
from annotations.releases.formats.claims_json import LISTS, write
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, TEXT, claim, evidence, lines, said


def read(content: list[bytes]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(b"".join(write(content)))
    return document


def test_every_record_stands_in_the_list_of_its_kind() -> None:
    decision = {"type": "decision", "id": "d-1"}
    content = lines(claim(0), evidence(0), said(0, "r-1"), said(0, "r-2"), decision, claim(1), said(1, "r-1"))
    document = read(content)
    assert (document["format"], document["format_version"]) == ("claimset", "1.0")
    assert document["release"] == json.loads(content[0])
    told = [document["release"], *(record for name in LISTS.values() for record in document[name])]
    assert sorted(map(native.line, told)) == sorted(content)
    assert [record["id"] for record in document["claims"]] == ["c-0", "c-1"]
    assert [record["reviewer"] for record in document["labels"]] == ["r-1", "r-2", "r-1"]


def test_a_text_that_reads_like_another_record_is_still_a_text() -> None:
    hostile = f'{{"type":"claim"}}\n"type":"label"]}}{TEXT}'
    records = (RELEASE, CODEBOOK, {**ARTICLE, "text": hostile, "odd": {"type": "claim"}})
    document = read(list(map(native.line, records)))
    assert document["articles"][0]["text"] == hostile
    assert (document["claims"], document["labels"]) == ([], [])


def test_a_release_without_labels_has_empty_lists() -> None:
    document = read(lines(claim(0)))
    assert (document["labels"], document["evidence"], document["decisions"]) == ([], [], [])
