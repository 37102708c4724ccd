"""The shapes of a release's records: what is told of an article, a claim and what people said of it. Pure.

Rows come as mappings of column names; people as their pseudonyms. Times and dates are left to the encoder.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from annotations.agreement.ratings import CATEGORIES

Row = Mapping[str, Any]
Names = Mapping[int, str]
Record = dict[str, Any]

FORMAT = "claimset"
FORMAT_VERSION = "1.0"
OFFSET_UNIT = "unicode_code_point"
NORMALIZATION = "byte order mark dropped; CRLF and CR to LF; NFC; nothing trimmed"
VERIFIED = ("verified", "published")
# An aspect that is being researched (again) has no verdict in force; a proposed one has what is proposed.
IN_FORCE = {"proposed": "proposed", "researching": None}
APPROVED = "approved"
VERDICT = ("verdict", "explanation", "as_of", "search_note")


def codebook_record(row: Row) -> Record:
    """A version of the codebook that counted labels were made under."""
    kept = ("version", "language", "text", "rules", "created_at")
    return {"type": "codebook", "labels": CATEGORIES, **{name: row[name] for name in kept}}


def article_record(row: Row) -> Record:
    """A text with what is known of where it came from; null is what is not known, and a text that is left out."""
    known = ("url", "title", "publisher", "author", "published_on", "language")
    return {
        "type": "article",
        "id": row["id"],
        **{name: row[name] or None for name in known},
        "version": {
            "n": 1,  # a text never changes
            "sha256": row["sha256"],
            "length": row["length"],
            "normalization": NORMALIZATION,
            "captured_at": row["captured_at"],
        },
        "text": row.get("text"),
    }


def claim_record(row: Row, labels: Sequence[Row], checks: Sequence[Record], parts: Sequence[Record]) -> Record:
    """A claim with its settled label, the count of votes, and how each of its aspects stands; `comparing` adds what
    has changed.

    `labels` are the counted ones, `checks` the records of `check_record`, `parts` those of a compound claim.
    """
    return {
        "type": "claim",
        "id": row["id"],
        "article_id": row["article_id"],
        "article_version": 1,
        "anchors": [{name: row[name] for name in ("start", "end", "exact", "prefix", "suffix")}],
        "kind": row["kind"],
        "proposition": row["proposition"],
        "parts": list(parts),
        "label": {
            "value": row["label"],
            "content_kind": row["content_kind"],
            "origin": row["origin"],
            "codebook_rule": _shared_rule(row["label"], labels),
            "votes": dict(Counter(label["label"] for label in labels)),
        },
        "attribution": row["attribution"],
        "unsettled": row["unsettled"],
        "flags": _united([flag for label in labels for flag in label["flags"]]),
        "checks": list(checks),
        "status": row["status"],
        "verified": row["status"] in VERIFIED,
        "version": row["version"],
    }


def check_record(check: Row, verdicts: Sequence[Row], evidence: Sequence[Row], names: Names) -> Record:
    """How one aspect of a claim stands: the verdict in force, who proposed and approved it, and what it rests on.

    `verdicts` and `evidence` are those of the claim. Without a verdict in force the words are null.
    """
    wanted = IN_FORCE.get(check["status"], APPROVED)
    of_aspect = [row for row in verdicts if row["aspect"] == check["aspect"] and row["status"] == wanted]
    return {
        "aspect": check["aspect"],
        "status": check["status"],
        "status_since": check["status_since"],
        **judged(of_aspect[-1] if of_aspect else {}, names),
        "evidence": [row["id"] for row in evidence if row["aspect"] == check["aspect"]],
    }


def judged(verdict: Row, names: Names) -> Record:
    """What a verdict says and who proposed and approved it; without one (an empty row) the words are null."""
    approved = verdict.get("status") == APPROVED
    return {
        **{name: verdict.get(name) or None for name in VERDICT},
        "proposed_by": names[verdict["proposed_by"]] if verdict else None,
        "approved_by": [names[verdict["reviewed_by"]]] if approved else [],
    }


def evidence_record(row: Row) -> Record:
    """A source used for one aspect of a claim, or for the content of one of its parts."""
    kept = ("id", "claim_id", "aspect", "stance", "tier", "set", "source_id")
    known = ("part_id", "note", "independence_group")
    of_source = ("url", "title", "publisher", "author", "published_on")
    return {
        "type": "evidence",
        **{name: row[name] for name in kept},
        **{name: row[name] or None for name in known},
        **{name: row[f"source__{name}"] or None for name in of_source},
        "quote": {"exact": row["quote"]} if row["quote"] else None,
    }


def label_record(row: Row, claim: Row, reviewer: str, *, blind: bool) -> Record:
    """A counted label: what one reviewer said when labelling of the claim closed."""
    kept = ("label", "content_kind", "attribution", "flags", "confidence", "seconds", "created_at")
    known = ("rationale", "reason", "rule")
    return {
        "type": "label",
        "id": row["id"],
        "claim_id": claim["id"],
        "article_id": claim["article_id"],
        "reviewer": reviewer,
        "blind": blind,
        "codebook_version": row["codebook__version"],
        **{name: row[name] for name in kept},
        **{name: row[name] or None for name in known},
    }


def decision_record(row: Row, claim: Row, adjudicator: str) -> Record:
    """An adjudicator's settlement, with its reason."""
    kept = ("id", "label", "content_kind", "attribution", "reason", "created_at")
    return {
        "type": "decision",
        "claim_id": claim["id"],
        "article_id": claim["article_id"],
        "adjudicator": adjudicator,
        **{name: row[name] for name in kept},
    }


def _shared_rule(value: str | None, labels: Sequence[Row]) -> str | None:
    """The codebook's rule, where everybody who gave the settled label names the same."""
    rules = {label["rule"] for label in labels if label["label"] == value}
    return rules.pop() or None if len(rules) == 1 else None


def _united(flags: Sequence[Any]) -> list[Any]:
    """Every different flag once, in one order."""
    different = {orjson.dumps(flag, option=orjson.OPT_SORT_KEYS): flag for flag in flags}
    return [different[key] for key in sorted(different)]
