"""How the aspects of a claim stand, and the status that the claim shows for them. Writers hold the claim's row."""

from django.utils import timezone

from annotations.claims.models import Claim, Status
from annotations.verification import transitions
from annotations.verification.models import Check
from annotations.verification.transitions import Move


def aspect_statuses(claim: Claim) -> dict[str, str]:
    """The status of every required aspect of a claim under check; empty for a claim that is not being checked.

    An aspect that nobody has begun on (a decision may add one) is researching.
    """
    if claim.status not in transitions.ADVANCE:
        return {}
    known = dict(Check.objects.filter(claim=claim).values_list("aspect", "status"))
    required = transitions.required_aspects(claim.label, claim.content_kind)
    return {aspect: known.get(aspect, Status.RESEARCHING) for aspect in required}


def possible_moves(claim: Claim) -> dict[str, list[str]]:
    """The moves that start from where the claim stands, each with the aspects that can make it.

    A move of the whole claim has no aspects. Who may make them is `Move.permission`.
    """
    statuses = aspect_statuses(claim)
    possible = {
        name: [aspect for aspect, status in statuses.items() if move.per_aspect and status in move.starts]
        for name, move in transitions.MOVES.items()
    }
    return {
        name: aspects for name, aspects in possible.items() if aspects or moves_whole(claim, transitions.MOVES[name])
    }


def moves_whole(claim: Claim, move: Move) -> bool:
    """Whether the move starts from the claim's own status, whatever its aspects."""
    if claim.status not in move.starts or (move.per_aspect and claim.status in transitions.ADVANCE):
        return False
    return move.name != "reopen" or bool(transitions.required_aspects(claim.label, claim.content_kind))


def begin_research(claim: Claim) -> None:
    """See that every required aspect of a held claim has its check, and let the claim show how they stand."""
    required = transitions.required_aspects(claim.label, claim.content_kind)
    now = timezone.now()
    Check.objects.bulk_create(
        [Check(claim=claim, aspect=aspect, status_since=now) for aspect in required], ignore_conflicts=True
    )
    _show(claim)


def resume_research(claim: Claim) -> None:
    """Take a held claim that was closed up again; what was stale by then is researched like the rest."""
    stale = Check.objects.filter(claim=claim, status=transitions.OUTDATES.leads_to)
    stale.update(status=Status.RESEARCHING, status_since=timezone.now())
    begin_research(claim)


def set_check(claim: Claim, aspect: str, status: str) -> None:
    """Move one aspect of a held claim, and with it the claim's own status."""
    values = {"status": status, "status_since": timezone.now()}
    Check.objects.update_or_create(claim=claim, aspect=aspect, defaults=values)
    begin_research(claim)


def _show(claim: Claim) -> None:
    """Make a held claim show the least advanced of its required aspects."""
    required = transitions.required_aspects(claim.label, claim.content_kind)
    statuses = Check.objects.filter(claim=claim, aspect__in=required).values_list("status", flat=True)
    claim.status = transitions.least_advanced(statuses)
    claim.version += 1
    claim.save(update_fields=["status", "version"])


def shown_aspects(claim: Claim) -> list[tuple[str, str]]:
    """Each required aspect with its status, from a claim whose checks were fetched with it: one query for many."""
    known = {check.aspect: check.status for check in claim.checks.all()}
    under_check = claim.status in transitions.ADVANCE
    return [
        (aspect, known.get(aspect, Status.RESEARCHING) if under_check else claim.status)
        for aspect in transitions.required_aspects(claim.label, claim.content_kind)
    ]
