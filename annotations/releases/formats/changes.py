"""changes.jsonl: how a release differs from the one before, a line for each claim that does. Pure.

`exact` is the claim's words, null for one that is not in the release. `change` is `added`, `changed` (then `changed`
names what) or `withdrawn` (then `status` is how it stood). `corrections` are `{did, on, reason}`: what was done to the
claim after it was verified, oldest first. Without a release before it, or where that was made elsewhere, the file is
empty.
"""

from collections.abc import Iterable, Iterator

from annotations.releases.formats import documents
from annotations.releases.formats.native import Record, records


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return documents.lines(filter(None, map(_change, records(lines))))


def _change(record: Record) -> Record | None:
    kept = {"status": record.get("status"), "corrections": record.get("corrections")}
    if record["type"] == "withdrawn":
        return {"claim_id": record["claim_id"], "exact": None, "change": "withdrawn", "changed": [], **kept}
    if record["type"] == "claim" and record.get("change") in ("added", "changed"):
        words = {"claim_id": record["id"], "exact": record["anchors"][0]["exact"]}
        return {**words, "change": record["change"], "changed": record["changed"], **kept}
    return None
