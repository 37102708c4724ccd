"""The two tables of a release, claims and labels: their columns and their rows, whatever file they go into. Pure.

Verdicts are the approved ones; explanations of two aspects are joined, with the older of two as-of dates. Codebook
versions, where there are several, stand side by side with a space between.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from annotations.releases.formats.native import Record, Told, told_claims


class Kind(Enum):
    """What the cells of a column are; dates are ISO 8601, and of a time only the day is kept where a date is asked."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    TEXTS = "texts"


class Column(NamedTuple):
    """A column of a table, in the words that describe it to a reader."""

    name: str
    description: str
    kind: Kind = Kind.TEXT


CLAIM_COLUMNS = (
    Column("claim_id", "the claim, the same in every release"),
    Column("article_id", "the article it stands in, the same in every release"),
    Column("article_url", "the article's address, if it has one"),
    Column("article_version", "always 1: a text never changes", Kind.NUMBER),
    Column("article_sha256", "SHA-256 of the article's text in UTF-8"),
    Column("start", "the first character of the claim, counted in code points from 0", Kind.NUMBER),
    Column("end", "the character after the last, counted in the same way", Kind.NUMBER),
    Column("exact", "the words of the claim as they stand in the article"),
    Column("proposition", "what the claim says, in one sentence that stands alone"),
    Column("label", "the settled label; none where reviewers differ and nobody decided"),
    Column("content_kind", "of an attributed statement: what kind of thing it says"),
    Column("source_name", "of an attributed statement: who is made to say it"),
    Column("source_role", "of an attributed statement: as what"),
    Column("attribution_mode", "of an attributed statement: quoted, reported or mixed"),
    Column("attribution_verdict", "the approved verdict on whether it was said"),
    Column("content_verdict", "the approved verdict on whether it is true"),
    Column("as_of", "the day the verdict was known to hold; of two, the older", Kind.DATE),
    Column("explanation", "why; of two aspects, each after its name"),
    Column("evidence_urls", "addresses of the evidence, each once", Kind.TEXTS),
    Column("archived_urls", "addresses of archived copies of it", Kind.TEXTS),
    Column("n_labels", "how many labels counted, abstentions among them", Kind.NUMBER),
    Column("n_agree", "how many of them are the settled one", Kind.NUMBER),
    Column("label_origin", "unanimous or adjudicated"),
    Column("status", "where the claim stood when the release was frozen"),
    Column("codebook_version", "versions of the codebook that its labels were made under"),
    Column("release", "the number of the release", Kind.NUMBER),
)
LABEL_COLUMNS = (
    Column("label_id", "the label, named for this release alone"),
    Column("claim_id", "the claim it was given"),
    Column("article_id", "the article the claim stands in"),
    Column("start", "the first character of the claim, counted in code points from 0", Kind.NUMBER),
    Column("end", "the character after the last, counted in the same way", Kind.NUMBER),
    Column("reviewer", "who gave it: a pseudonym made for this release alone"),
    Column("blind", "whether reviewers saw nothing of each other's labels before", Kind.TRUTH),
    Column("label", "the label, or unsure or not_a_claim"),
    Column("content_kind", "of an attributed statement: what kind of thing it says"),
    Column("confidence", "how sure the reviewer was, from 1 to 5", Kind.NUMBER),
    Column("codebook_version", "the version of the codebook it was made under"),
    Column("created_at", "the day it was made", Kind.DATE),
)


def claim_rows(lines: Iterable[bytes]) -> Iterator[list[Any]]:
    """A row of the columns above for each claim, from the lines of the native form."""
    return _rows(CLAIM_COLUMNS, map(_claim, told_claims(lines)))


def label_rows(lines: Iterable[bytes]) -> Iterator[list[Any]]:
    """A row of the columns above for each counted label, from the lines of the native form."""
    return _rows(LABEL_COLUMNS, _labels(lines))


def _rows(columns: tuple[Column, ...], values: Iterable[Record]) -> Iterator[list[Any]]:
    return ([row[column.name] for column in columns] for row in values)


def _claim(told: Told) -> Record:
    claim, article = told.claim, told.article
    [anchor] = claim["anchors"]
    attribution = claim["attribution"] or {}
    settled = claim["label"]
    return {
        "claim_id": claim["id"],
        "article_id": claim["article_id"],
        "article_url": article["url"],
        "article_version": claim["article_version"],
        "article_sha256": article["version"]["sha256"],
        **{name: anchor[name] for name in ("start", "end", "exact")},
        "proposition": claim["proposition"],
        "label": settled["value"],
        "content_kind": settled["content_kind"],
        "source_name": attribution.get("source_name"),
        "source_role": attribution.get("source_role"),
        "attribution_mode": attribution.get("mode"),
        **_verdicts(claim),
        "evidence_urls": list(dict.fromkeys(row["url"] for row in told.evidence if row["url"])),
        "archived_urls": [],
        "n_labels": len(told.label),
        "n_agree": settled["votes"].get(settled["value"], 0),
        "label_origin": settled["origin"],
        "status": claim["status"],
        "codebook_version": " ".join(sorted({row["codebook_version"] for row in told.label})),
        "release": told.release["number"],
    }


def _verdicts(claim: Record) -> Record:
    approved = {check["aspect"]: check for check in claim["checks"] if check["approved_by"]}
    words = [(aspect, check["explanation"]) for aspect, check in approved.items() if check["explanation"]]
    explanation = words[0][1] if len(words) == 1 else " | ".join(f"{aspect}: {text}" for aspect, text in words)
    return {
        "attribution_verdict": approved.get("attribution", {}).get("verdict"),
        "content_verdict": approved.get("content", {}).get("verdict"),
        "as_of": min((check["as_of"] for check in approved.values()), default=None),
        "explanation": explanation,
    }


def _labels(lines: Iterable[bytes]) -> Iterator[Record]:
    for told in told_claims(lines):
        [anchor] = told.claim["anchors"]
        place = {"start": anchor["start"], "end": anchor["end"]}
        for label in told.label:
            yield {**label, **place, "label_id": label["id"]}
