"""The parts of compound claims as they are stored, and how a whole stands for them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.errors import InvalidInput, WrongState
from annotations.projects.queries import Person
from annotations.verification.checks import aspect_statuses
from annotations.verification.derivation import explanation, least_status, leaves_out, verdict_of_the_whole
from annotations.verification.models import Aspect, Part, Verdict

# While the content is being researched, or waits for approval, no verdict of the whole is in force.
NOT_IN_FORCE = (Status.RESEARCHING, Status.PROPOSED)


@dataclass(frozen=True)
class Derived:
    """The content verdict of a compound claim, as its parts make it; it is known as of the earliest of their days."""

    words: tuple[str, ...]
    as_of: date

    @property
    def verdict(self) -> str:
        """The verdict that follows."""
        return verdict_of_the_whole(self.words)

    @property
    def explanation(self) -> str:
        """What it says it rests on."""
        return explanation(self.words)

    @property
    def leaves_out(self) -> bool:
        """Whether it says nothing of some of the parts."""
        return leaves_out(self.words)


def visible_parts(user: Person) -> QuerySet[Part]:
    """Parts that the user may see, in order; there are none before labelling has closed."""
    closed = visible_claims(user).filter(labelling_closed_at__isnull=False)
    return Part.objects.filter(claim__in=closed.values("pk")).order_by("position", "id")


def parts_of(claim: Claim) -> list[Part]:
    """The parts of a claim in order; none of one that is not compound."""
    return list(Part.objects.filter(claim=claim).order_by("position"))


def named_part(claim: Claim, aspect: str, part_id: UUID | None) -> Part | None:
    """The part that evidence or a verdict on this aspect names; None where the aspect has none.

    400 for a part that the claim or the aspect does not have; 409 where a compound claim's content is meant as a whole.
    """
    parts = parts_of(claim) if aspect == Aspect.CONTENT else []
    part = next((part for part in parts if part.pk == part_id), None)
    if part_id and part is None:
        raise InvalidInput.field("part", _("The claim has no such part. Only content is checked in parts."))
    if parts and part is None:
        told = _("The content of this claim follows from its parts. Name the part that this is about.")
        raise WrongState(told, extra={"parts": [str(part.pk) for part in parts]})
    return part


def part_states(claim: Claim) -> dict[UUID, tuple[bool, bool]]:
    """For each part of a claim, in order, whether a verdict on it is proposed and whether one is approved.

    A verdict that was sent back after another had been approved puts that one in doubt.
    """
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Verdict.objects.filter(claim=claim, part__isnull=False).exclude(status=Verdict.State.TAKEN_BACK)
    for part_id, status in rows.order_by("proposed_at", "id").values_list("part_id", "status"):
        found[part_id].append(status)
    return {part.pk: _state(found[part.pk]) for part in parts_of(claim)}


def _state(statuses: list[str]) -> tuple[bool, bool]:
    reviewed = [status for status in statuses if status != Verdict.State.PROPOSED]
    return len(reviewed) < len(statuses), bool(reviewed) and reviewed[-1] == Verdict.State.APPROVED


def status_after(claim: Claim, part: Part | None, status: str) -> str:
    """What an aspect comes to when a verdict came to `status`; of a compound claim's content the least of its parts."""
    return status if part is None else least_status(list(part_states(claim).values()))


def derived(claim: Claim) -> Derived | None:
    """The verdict of a compound claim's content; None while a part has no approved one, or the claim has no parts."""
    approved = Verdict.objects.filter(part__isnull=False, claim=claim, status=Verdict.State.APPROVED)
    rows = {row.part_id: row for row in approved}
    parts = parts_of(claim)
    verdicts = [rows[part.pk] for part in parts if part.pk in rows]
    if not parts or len(verdicts) < len(parts):
        return None
    return Derived(tuple(verdict.verdict for verdict in verdicts), min(verdict.as_of for verdict in verdicts))


def derived_in_force(claim: Claim) -> Derived | None:
    """The same, and None while the content is being researched or its verdicts wait for approval."""
    status = aspect_statuses(claim).get(Aspect.CONTENT)
    return None if status is None or status in NOT_IN_FORCE else derived(claim)


def said_of(part: Part | None) -> dict[str, Any]:
    """What the log keeps of the part that something was said of."""
    return {"part": part.position} if part else {}
