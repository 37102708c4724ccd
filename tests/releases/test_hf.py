"""hf.jsonl has records of one shape, each article in one split for good."""

import hashlib
from typing import Any

import orjson

from annotations.releases.formats.hf import FEATURES, split_of, write
from tests.releases.shapes import CLAIMS, check, claim, evidence, lines, said

TYPES = {"string": str, "int64": int, "bool": bool}


def read(*told: dict[str, Any]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in b"".join(write(lines(*told))).splitlines()]


def test_a_claim_is_a_flat_record() -> None:
    checks = [check("attribution", "accurate"), check("content", "mixed")]
    [row] = read(claim(0, checks=checks), evidence(0), said(0, "r-1"), said(0, "r-2", "opinion"))
    [anchor] = claim(0)["anchors"]
    assert row == {
        "id": "c-0",
        "article_id": "a-1",
        "text": CLAIMS[0],
        "start": anchor["start"],
        "end": anchor["end"],
        "proposition": CLAIMS[0],
        "label": "verifiable_fact",
        "content_kind": None,
        "labels_by_rater": [{"rater": "r-1", "label": "verifiable_fact"}, {"rater": "r-2", "label": "opinion"}],
        "content_verdict": "mixed",
        "attribution_verdict": "accurate",
        "evidence": [{"url": "https://records.example/minutes", "stance": "refutes", "tier": "primary"}],
        "status": "verified",
        "verified": True,
        "split": split_of("a-1"),
    }


def test_every_record_has_the_features_in_their_order_and_of_their_types() -> None:
    nothing = {"value": None, "content_kind": None, "origin": None, "votes": {}}
    rows = read(
        *(claim(0, checks=[check()]), evidence(0, url=None), said(0, "r-1", "not_a_claim")),
        claim(1, label=nothing, status="disputed", verified=False, checks=[check(approved_by=[], status="proposed")]),
    )
    for row in rows:
        assert list(row) == [feature["name"] for feature in FEATURES]
        for feature in FEATURES:
            fits(row[feature["name"]], feature)
    assert rows[1]["content_verdict"] is None
    assert (rows[1]["status"], rows[1]["verified"]) == ("disputed", False)


def fits(value: Any, feature: dict[str, Any]) -> None:
    if "list" in feature:
        for item in value:
            assert list(item) == [part["name"] for part in feature["list"]]
            for part in feature["list"]:
                fits(item[part["name"]], part)
    else:
        assert value is None or type(value) is TYPES[feature["dtype"]]


def test_splits_follow_from_the_article_alone() -> None:
    # Written down once: another answer would move articles between splits of releases that are out.
    known = {"article-0": "train", "article-2": "validation", "article-3": "test"}
    # On either side of each border: 79.6, 80.02, 89.96 and 90.08 hundredths.
    known |= {"article-67": "train", "article-195": "validation", "article-25": "validation", "article-73": "test"}
    for name, split in known.items():
        assert split_of(name) == split
        hundredth = int(hashlib.sha256(name.encode()).hexdigest(), 16) / 2**256 * 100
        assert split == ("train" if hundredth < 80 else "validation" if hundredth < 90 else "test")


def test_splits_are_about_as_large_as_promised() -> None:
    splits = [split_of(str(number)) for number in range(10_000)]
    assert 7_800 < splits.count("train") < 8_200
    assert 850 < splits.count("validation") < 1_150
    assert 850 < splits.count("test") < 1_150
