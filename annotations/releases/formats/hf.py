"""hf.jsonl: a flat record for each claim, as Hugging Face's `datasets` loads them. Pure.

Every record has the same keys with the same types, which `FEATURES` names as a dataset card does under
`dataset_info.features`: a card that has them makes columns load in which a release has only nulls. `split` follows
from the article alone, so that a claim stays in its split in later releases and no article is in two.
"""

import hashlib
from collections.abc import Iterable, Iterator

from annotations.releases.formats import documents
from annotations.releases.formats.native import Record, Told, told_claims

FEATURES: tuple[Record, ...] = (
    *({"name": name, "dtype": "string"} for name in ("id", "article_id", "text")),
    *({"name": name, "dtype": "int64"} for name in ("start", "end")),
    *({"name": name, "dtype": "string"} for name in ("proposition", "label", "content_kind")),
    {"name": "labels_by_rater", "list": [{"name": name, "dtype": "string"} for name in ("rater", "label")]},
    *({"name": name, "dtype": "string"} for name in ("content_verdict", "attribution_verdict")),
    {"name": "evidence", "list": [{"name": name, "dtype": "string"} for name in ("url", "stance", "tier")]},
    {"name": "status", "dtype": "string"},
    {"name": "verified", "dtype": "bool"},
    {"name": "split", "dtype": "string"},
)
# The parts of a hundred that end below these numbers.
SPLITS = (("train", 80), ("validation", 90), ("test", 100))


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return documents.lines(map(_record, told_claims(lines)))


def split_of(article_id: str) -> str:
    """The split of an article: where the SHA-256 of its id, taken as a fraction of all, falls among `SPLITS`."""
    part = int.from_bytes(hashlib.sha256(article_id.encode()).digest()) * 100 >> 256
    return next(name for name, end in SPLITS if part < end)


def _record(told: Told) -> Record:
    claim = told.claim
    [anchor] = claim["anchors"]
    approved = {check["aspect"]: check["verdict"] for check in claim["checks"] if check["approved_by"]}
    return {
        "id": claim["id"],
        "article_id": claim["article_id"],
        "text": anchor["exact"],
        "start": anchor["start"],
        "end": anchor["end"],
        "proposition": claim["proposition"],
        "label": claim["label"]["value"],
        "content_kind": claim["label"]["content_kind"],
        "labels_by_rater": [{"rater": row["reviewer"], "label": row["label"]} for row in told.label],
        "content_verdict": approved.get("content"),
        "attribution_verdict": approved.get("attribution"),
        "evidence": [{name: row[name] for name in ("url", "stance", "tier")} for row in told.evidence],
        "status": claim["status"],
        "verified": claim["verified"],
        "split": split_of(claim["article_id"]),
    }
