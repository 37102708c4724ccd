"""Compound claims and what is said of their parts, made through the services alone."""

from datetime import date
from typing import Any

from annotations.claims.models import Claim
from annotations.verification.decomposing import decompose_claim
from annotations.verification.models import Part, Verdict
from annotations.verification.services import approve_verdict
from annotations.verification.source_models import Evidence
from tests.factories.claims import Desk, evidence, fact, proposal

TWO = ("The bridge at Kalda collapsed.", "It collapsed on Tuesday.")


def compound(at: Desk, *texts: str, claim: Claim | None = None) -> tuple[Claim, list[Part]]:
    """A fact that ben took apart, by default into two, and its parts."""
    claim = claim or fact(at)
    return decompose_claim(at.ben, claim_id=claim.pk, parts=texts or TWO)


def part_evidence(at: Desk, part: Part, **more: Any) -> Evidence:
    """A primary source that supports the part."""
    return evidence(at, part.claim, part_id=part.pk, **more)


def part_proposal(at: Desk, part: Part, verdict: str = "supported", **more: Any) -> Verdict:
    """A verdict that ben proposed on the part, with evidence of its own where it needs some."""
    stances = {"supported": "supports", "refuted": "refutes"}
    if verdict in stances:
        part_evidence(at, part, stance=stances[verdict])
    return proposal(at, part.claim, verdict=verdict, part_id=part.pk, **more)


def judged(at: Desk, part: Part, verdict: str = "supported", as_of: date = date(2026, 11, 1)) -> Verdict:
    """A verdict that ben proposed on the part and dora approved."""
    more = {"search_note": "Looked in the register."} if verdict == "not_enough_evidence" else {}
    proposed = part_proposal(at, part, verdict, as_of=as_of, **more)
    return approve_verdict(at.dora, verdict_id=proposed.pk)
