"""What differs between a claim of a release and the same claim in the release before. Pure.

People, pseudonyms, versions, and that a verified claim was published meanwhile, are no difference.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from annotations.releases.formats import native
from annotations.releases.records import VERDICT, Record

ADDED, CHANGED, SAME = "added", "changed", "same"
# Why somebody doubts a claim, or takes it up again, is the team's business until it is settled.
TOLD_WHY = ("corrected", "withdrawn", "voided")


def _judged(record: Record) -> list[Any]:
    return [record[name] for name in VERDICT]


FACETS: Mapping[str, Callable[[Record], Any]] = {
    "proposition": lambda claim: claim["proposition"],
    "label": lambda claim: [claim["label"][name] for name in ("value", "content_kind")],
    "attribution": lambda claim: claim["attribution"],
    "parts": lambda claim: [[part["id"], part["proposition"]] for part in claim["parts"]],
    "verdicts": lambda claim: [
        *([check["aspect"], *_judged(check)] for check in claim["checks"]),
        *([part["id"], *_judged(part)] for part in claim["parts"]),
    ],
    "evidence": lambda claim: [check["evidence"] for check in claim["checks"]],
    "status": lambda claim: "verified" if claim["verified"] else claim["status"],
}


def compared(before: Record | None, after: Record) -> Record:
    """`change` and, where that is `changed`, what: names of `FACETS`. `before` is the record of the release before."""
    if before is None:
        return {"change": ADDED, "changed": []}
    now = orjson.loads(native.line(after))
    changed = [name for name, facet in FACETS.items() if facet(before) != facet(now)]
    return {"change": CHANGED if changed else SAME, "changed": changed}


def corrections(events: Sequence[Mapping[str, Any]]) -> list[Record]:
    """What was done to a claim after it was verified: the day, the event's last word, and why where that is told."""
    found = []
    for event in events:
        did = event["verb"].removeprefix("claim.")
        reason = event["data"].get("reason") or None
        found.append({"did": did, "on": event["at"].date(), "reason": reason if did in TOLD_WHY else None})
    return found


def withdrawn_record(row: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Record:
    """A claim of the release before that this one does not have: how it stands now, and what was done to it."""
    kept = {name: row[name] for name in ("article_id", "status")}
    return {"type": "withdrawn", "claim_id": row["id"], **kept, "corrections": corrections(events)}
