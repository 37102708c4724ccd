"""The native form keeps every character, and is read back claim by claim."""

from datetime import UTC, datetime

import orjson

from annotations.releases.formats import native
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, claim, lines, said


def test_a_record_is_one_line_with_sorted_keys() -> None:
    line = native.line({"b": "a\nb\u2028c\r", "a": {"z": 1, "y": None}})
    assert line == '{"a":{"y":null,"z":1},"b":"a\\nb\u2028c\\r"}\n'.encode()


def test_times_end_in_z() -> None:
    at = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=UTC)
    assert native.line({"at": at}) == b'{"at":"2026-11-22T12:00:00.000005Z"}\n'


def test_claims_come_with_what_is_told_of_them() -> None:
    evidence = {"type": "evidence", "id": "e-1"}
    decision = {"type": "decision", "id": "d-1"}
    other = {**ARTICLE, "id": "a-2"}
    contents = lines(claim(0), evidence, said(0, "r-1"), said(0, "r-2"), decision, claim(1))
    contents += [native.line(record) for record in (other, claim(0, id="c-9"), said(0, "r-1"))]
    first, second, third = native.told_claims(contents)
    assert (first.claim["id"], second.claim["id"], third.claim["id"]) == ("c-0", "c-1", "c-9")
    assert [row["reviewer"] for row in first.label] == ["r-1", "r-2"]
    assert (first.evidence, first.decision) == ([evidence], [decision])
    assert (second.evidence, second.label, second.decision) == ([], [], [])
    assert (first.article["id"], third.article["id"]) == ("a-1", "a-2")
    assert third.release["number"] == RELEASE["number"]


def test_no_claims() -> None:
    assert list(native.told_claims(lines())) == []
    assert [record["type"] for record in native.records(lines())] == ["release", "codebook", "article"]
    assert orjson.loads(lines()[1]) == CODEBOOK
