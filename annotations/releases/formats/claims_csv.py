"""claims.csv: a row for each claim. Pure.

Verdicts are the approved ones; explanations of two aspects are joined, with the older of two as-of dates. Addresses
and codebook versions, where there are several, stand side by side with a space between.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.releases.formats.cells import rows
from annotations.releases.formats.native import Told, told_claims

HEADER = (
    "claim_id",
    "article_id",
    "article_url",
    "article_version",
    "article_sha256",
    "start",
    "end",
    "exact",
    "proposition",
    "label",
    "content_kind",
    "source_name",
    "source_role",
    "attribution_mode",
    "attribution_verdict",
    "content_verdict",
    "as_of",
    "explanation",
    "evidence_urls",
    "archived_urls",
    "n_labels",
    "n_agree",
    "label_origin",
    "status",
    "codebook_version",
    "release",
)


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return rows(HEADER, ([values[name] for name in HEADER] for values in map(_values, told_claims(lines))))


def _values(told: Told) -> dict[str, Any]:
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
        "evidence_urls": " ".join(dict.fromkeys(row["url"] for row in told.evidence if row["url"])),
        "archived_urls": None,
        "n_labels": len(told.label),
        "n_agree": settled["votes"].get(settled["value"], 0),
        "label_origin": settled["origin"],
        "status": claim["status"],
        "codebook_version": " ".join(sorted({row["codebook_version"] for row in told.label})),
        "release": told.release["number"],
    }


def _verdicts(claim: dict[str, Any]) -> dict[str, str | None]:
    approved = {check["aspect"]: check for check in claim["checks"] if check["approved_by"]}
    words = [(aspect, check["explanation"]) for aspect, check in approved.items() if check["explanation"]]
    explanation = words[0][1] if len(words) == 1 else " | ".join(f"{aspect}: {text}" for aspect, text in words)
    return {
        "attribution_verdict": approved.get("attribution", {}).get("verdict"),
        "content_verdict": approved.get("content", {}).get("verdict"),
        "as_of": min((check["as_of"] for check in approved.values()), default=None),
        "explanation": explanation,
    }
