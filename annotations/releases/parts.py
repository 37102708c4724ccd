"""How a release tells of a compound claim: its parts, and the verdict of the whole that follows from theirs. Pure."""

from collections.abc import Sequence

from annotations.releases.records import APPROVED, IN_FORCE, VERDICT, Names, Record, Row, judged
from annotations.verification.derivation import explanation, verdict_of_the_whole

CONTENT = "content"


def part_record(
    part: Row, checks: Sequence[Row], verdicts: Sequence[Row], evidence: Sequence[Row], names: Names
) -> Record:
    """A part with the verdict in force on it and the evidence that rests on.

    `checks`, `verdicts` and `evidence` are those of the claim. While its content is being researched no part has a
    verdict in force; while a verdict waits for approval a part has what is proposed, or else what is approved.
    """
    status = next((check["status"] for check in checks if check["aspect"] == CONTENT), None)
    wanted = IN_FORCE.get(status, APPROVED) if status else None
    on_it = [row for row in verdicts if row["part_id"] == part["id"] and row["status"] in (wanted, APPROVED)]
    chosen = [row for row in on_it if row["status"] == wanted] or on_it
    return {
        **{name: part[name] for name in ("id", "position", "proposition")},
        **judged(chosen[-1] if wanted and chosen else {}, names),
        "evidence": [row["id"] for row in evidence if row["part_id"] == part["id"]],
    }


def derived_record(check: Row, parts: Sequence[Record], evidence: Sequence[Row]) -> Record:
    """How the content of a compound claim stands: the verdict that follows from those of its `parts` (`part_record`).

    It is known as of the earliest of their days, and approved by all who approved one; nobody proposed it. Without an
    approved verdict on each part the words are null.
    """
    told: Record = {**dict.fromkeys(VERDICT), "proposed_by": None, "approved_by": []}
    if all(part["approved_by"] for part in parts):
        words = [part["verdict"] for part in parts]
        told |= {
            "verdict": verdict_of_the_whole(words),
            "explanation": explanation(words),
            "as_of": min(part["as_of"] for part in parts),
            "approved_by": sorted({name for part in parts for name in part["approved_by"]}),
        }
    return {
        **{name: check[name] for name in ("aspect", "status", "status_since")},
        **told,
        "evidence": [row["id"] for row in evidence if row["aspect"] == CONTENT],
    }
