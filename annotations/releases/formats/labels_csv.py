"""labels.csv: a row for each counted label, reviewers under their pseudonyms. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.releases.formats.cells import rows
from annotations.releases.formats.native import told_claims

HEADER = (
    "label_id",
    "claim_id",
    "article_id",
    "start",
    "end",
    "reviewer",
    "blind",
    "label",
    "content_kind",
    "confidence",
    "codebook_version",
    "created_at",
)


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return rows(HEADER, ([values[name] for name in HEADER] for values in _labels(lines)))


def _labels(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for told in told_claims(lines):
        [anchor] = told.claim["anchors"]
        place = {"start": anchor["start"], "end": anchor["end"]}
        for label in told.label:
            yield {**label, **place, "label_id": label["id"]}
