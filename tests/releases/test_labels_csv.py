"""labels.csv has a row for each counted label."""

import csv
import io

from annotations.releases.formats.labels_csv import write
from tests.releases.shapes import claim, lines, said

HEADER = (
    "label_id,claim_id,article_id,start,end,reviewer,blind,label,content_kind,confidence,codebook_version,created_at"
)


def test_a_label_stands_in_its_row() -> None:
    told = lines(claim(1), said(1, "r-1", confidence=4), said(1, "r-2", "attributed_statement", content_kind="fact"))
    content = b"".join(write(told)).decode()
    assert content.startswith(f"{HEADER}\r\n")
    one, other = csv.DictReader(io.StringIO(content, newline=""))
    [anchor] = claim(1)["anchors"]
    assert one == {
        "label_id": "l-1-r-1",
        "claim_id": "c-1",
        "article_id": "a-1",
        "start": str(anchor["start"]),
        "end": str(anchor["end"]),
        "reviewer": "r-1",
        "blind": "true",
        "label": "verifiable_fact",
        "content_kind": "",
        "confidence": "4",
        "codebook_version": "1.0.0",
        "created_at": "2026-11-22T12:00:00Z",
    }
    assert (other["label"], other["content_kind"]) == ("attributed_statement", "fact")


def test_a_release_without_labels_has_the_header() -> None:
    assert b"".join(write(lines(claim(0)))).decode() == f"{HEADER}\r\n"
