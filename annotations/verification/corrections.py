"""The log of corrections: what befell verdicts that had been approved, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.claims.queries import visible_claims
from annotations.labelling.queries import visible_events
from annotations.projects.models import Project

VERBS = tuple(f"claim.{told}" for told in ("challenged", "outdated", "corrected", "withdrawn", "reopened"))


@dataclass(frozen=True)
class Correction:
    """One step: what was done to which claim, by whom (nobody for a source that changed), and why."""

    claim: Claim
    verb: str
    by: str
    at: datetime
    reason: str
    source: str
    kind: str
    aspects: list[str]


class Corrections(Sequence[Any]):
    """All of them, newest first, told as far as they are asked for."""

    def __init__(self, user: User, project: Project) -> None:
        self._user = user
        self._events = visible_events(user, project).filter(verb__in=VERBS)

    def __len__(self) -> int:
        return self._events.count()

    def __getitem__(self, place: Any) -> Any:
        return list(self._told(list(self._events[place])))

    def _told(self, events: list[Event]) -> Iterator[Correction]:
        known = visible_claims(self._user).filter(pk__in={event.claim_id for event in events}).in_bulk()
        for event in events:
            if claim := known.get(event.claim_id):
                yield _correction(claim, event)


def corrections(user: User, project: Project) -> Corrections:
    """What the user may know of."""
    return Corrections(user, project)


def _correction(claim: Claim, event: Event) -> Correction:
    data = event.data
    aspects = data.get("aspects") or ([data["aspect"]] if data.get("aspect") else [])
    by = event.actor.get_username() if event.actor else ""
    told = {name: data.get(name) or "" for name in ("reason", "source", "kind")}
    return Correction(claim, event.verb, by, event.at, aspects=aspects, **told)
