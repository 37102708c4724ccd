"""doccano.jsonl holds the settled labels of each article in code points."""

from typing import Any

import orjson

from annotations.releases.formats import native
from annotations.releases.formats.doccano import write
from tests.releases.shapes import ARTICLE, CLAIMS, SHA256, TEXT, claim, lines, said

UNSETTLED = {"value": None, "content_kind": None, "origin": None, "votes": {}}


def read(content: list[bytes]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in b"".join(write(content)).splitlines()]


def test_an_article_is_a_line_with_spans_on_its_characters() -> None:
    [example] = read(lines(claim(0), said(0, "r-1", "opinion"), claim(1)))
    assert (example["id"], example["text"], example["Comments"]) == (1, TEXT, [])
    assert [TEXT[start:end] for start, end, _ in example["label"]] == list(CLAIMS)
    assert [label for *_, label in example["label"]] == ["verifiable_fact", "verifiable_fact"]
    assert (example["article_id"], example["sha256"]) == ("a-1", SHA256)


def test_what_is_not_settled_is_left_out() -> None:
    [example] = read(lines(claim(0, label=UNSETTLED), said(0, "r-1"), claim(1)))
    assert [TEXT[start:end] for start, end, _ in example["label"]] == [CLAIMS[1]]
    [example] = read(lines(claim(0, label=UNSETTLED)))
    assert example["label"] == []


def test_nobody_is_in_it() -> None:
    assert b"r-1" not in b"".join(write(lines(claim(0), said(0, "r-1"))))


def test_one_line_each_whatever_the_text_holds() -> None:
    hostile = {**ARTICLE, "id": "a-2", "text": 'x\u2028"}\r\n\x00\u0085' + TEXT}
    content = [*lines(claim(0)), native.line(hostile), native.line(claim(1, article_id="a-2"))]
    written = b"".join(write(content))
    assert written.count(b"\n") == 2
    assert orjson.loads(written.split(b"\n")[1])["text"] == hostile["text"]


def test_no_claims_no_lines() -> None:
    assert read(lines()) == []
