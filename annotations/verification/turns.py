"""What befell verdicts after they were approved: who challenged, corrected, withdrew or reopened, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.models import Claim, Status
from annotations.labelling.queries import visible_events
from annotations.verification.transitions import MOVES

REOPENED = "reopened"
STANDS = (Status.VERIFIED, Status.PUBLISHED)
DOUBTED = (Status.CHALLENGED, Status.STALE, Status.CORRECTED, Status.WITHDRAWN, Status.VOID)
# The events that take an approved verdict out of force, or put it in doubt.
VERBS = tuple(f"claim.{MOVES[name].told}" for name in ("challenge", "correct", "withdraw", "reopen", "void"))


@dataclass(frozen=True)
class Turn:
    """One of these events: what was done (the verb's last word), by whom (None: the system), when and why."""

    did: str
    by: str | None
    at: datetime
    reason: str


def doubt(status: str) -> str:
    """How an approved verdict of an aspect of this status stands: empty where it is in force, else why it is not."""
    if status in STANDS:
        return ""
    return status if status in DOUBTED else REOPENED


def last_turns(user: User, claim: Claim, aspects: Iterable[str]) -> dict[str, Turn]:
    """The last thing that befell each of these aspects; none for those that nothing befell."""
    events = list(visible_events(user, claim.project).filter(claim_id=claim.pk, verb__in=VERBS))
    found = {}
    for aspect in aspects:
        event = next((event for event in events if aspect in (event.data.get("aspects") or [aspect])), None)
        if event:
            found[aspect] = turn(event)
    return found


def turn(event: Event) -> Turn:
    """An event of `VERBS`, read."""
    by = event.actor.get_username() if event.actor else None
    return Turn(event.verb.removeprefix("claim."), by, event.at, event.data.get("reason", ""))
