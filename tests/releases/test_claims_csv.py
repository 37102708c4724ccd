"""claims.csv has a row for each claim, under the header that readers know."""

import csv
import io
from typing import Any

from annotations.releases.formats.claims_csv import write
from tests.releases.shapes import SHA256, check, claim, lines, said

HEADER = (
    "claim_id,article_id,article_url,article_version,article_sha256,start,end,exact,proposition,label,content_kind,"
    "source_name,source_role,attribution_mode,attribution_verdict,content_verdict,as_of,explanation,evidence_urls,"
    "archived_urls,n_labels,n_agree,label_origin,status,codebook_version,release"
)


def read(*told: dict[str, Any]) -> list[dict[str, str]]:
    content = b"".join(write(lines(*told))).decode()
    assert content.startswith(f"{HEADER}\r\n")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_a_claim_stands_in_its_row() -> None:
    settled = {"value": "verifiable_fact", "content_kind": None, "origin": "adjudicated", "votes": {}}
    settled["votes"] = {"verifiable_fact": 1, "opinion": 1}
    [row] = read(claim(1, label=settled, checks=[check()]), said(1, "r-1"), said(1, "r-2", "opinion"))
    assert row["article_sha256"] == SHA256
    assert (row["claim_id"], row["article_id"], row["article_url"]) == ("c-1", "a-1", "https://paper.example/1")
    assert row["exact"] == row["proposition"] == "'=1+1 sagte niemand."
    assert (row["n_labels"], row["n_agree"], row["label_origin"]) == ("2", "1", "adjudicated")
    assert (row["content_verdict"], row["attribution_verdict"]) == ("supported", "")
    assert (row["as_of"], row["explanation"]) == ("2026-11-01", "On content.")
    assert (row["status"], row["codebook_version"], row["release"]) == ("verified", "1.0.0", "3")


def test_two_aspects_share_a_row() -> None:
    checks = [check("attribution", "accurate", as_of="2026-10-30"), check("content", "refuted")]
    attribution = {"source_name": "@minister", "source_role": "-", "mode": "direct"}
    [row] = read(claim(0, checks=checks, attribution=attribution))
    assert (row["attribution_verdict"], row["content_verdict"]) == ("accurate", "refuted")
    assert row["explanation"] == "attribution: On attribution. | content: On content."
    assert row["as_of"] == "2026-10-30"
    assert (row["source_name"], row["source_role"], row["attribution_mode"]) == ("'@minister", "'-", "direct")


def test_only_approved_verdicts_are_told() -> None:
    [row] = read(claim(0, status="proposed", checks=[check(approved_by=[], status="proposed")]))
    assert (row["content_verdict"], row["explanation"], row["as_of"]) == ("", "", "")


def test_every_address_of_evidence_once() -> None:
    urls = ["https://a.example/", None, "https://b.example/", "https://a.example/"]
    [row] = read(claim(0), *({"type": "evidence", "url": url} for url in urls))
    assert row["evidence_urls"] == "https://a.example/ https://b.example/"


def test_a_claim_without_a_settled_label() -> None:
    unsettled = {"value": None, "content_kind": None, "origin": None, "votes": {"opinion": 1}}
    [row] = read(claim(0, label=unsettled, status="disputed"), said(0, "r-1", "opinion"))
    assert (row["label"], row["n_labels"], row["n_agree"], row["label_origin"]) == ("", "1", "0", "")
