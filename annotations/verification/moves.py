"""Moves of a claim that no verdict brings about: closing, challenging, reopening, voiding; sharper propositions."""

from uuid import UUID

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.services import check_version, set_proposition, write_proposition
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require
from annotations.verification import transitions
from annotations.verification.models import Check, Verdict
from annotations.verification.services import begin_research, send_back, set_check

SHARPENABLE = (Status.AGREED, Status.DISPUTED, Status.RESEARCHING, Status.PROPOSED)


@transaction.atomic
def move_claim(actor: User, *, claim_id: UUID, to: str, reason: str, aspect: str | None = None) -> Claim:
    """Make one move of `transitions.MOVES`; without `aspect` every aspect that can make it does.

    400 without a reason, 403 by role, 409 with `allowed` where the move does not start from here.
    """
    claim = claim_for(actor, claim_id, lock="update")
    move = transitions.MOVES[to]
    require(claim.role, Action[move.permission])
    if not reason.strip():
        raise InvalidInput.field("reason", "Say why: the reason is kept in the log.")
    before = claim.status
    if move.per_aspect and claim.status != Status.CLOSED:
        _move_checks(claim, move, aspect)
    else:
        _move_whole(claim, move)
    record(
        actor,
        f"claim.{move.leads_to}",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        before=before,
        after=claim.status,
        aspect=aspect,
        reason=reason.strip(),
    )
    return claim


@transaction.atomic
def edit_proposition(actor: User, *, claim_id: UUID, proposition: str, version: int) -> Claim:
    """Write the proposition of a draft unit, or sharpen that of a claim whose labelling has closed.

    A verdict already proposed goes back to its proposer. 409 while the claim is being labelled or once verified.
    """
    seen = claim_for(actor, claim_id)
    if seen.status == Status.DRAFT:
        return write_proposition(actor, claim_id=claim_id, proposition=proposition, version=version)
    claim = claim_for(actor, claim_id, lock="update")
    require(claim.role, Action.SHARPEN)
    check_version(claim, version)
    if claim.status not in SHARPENABLE:
        raise WrongState(f"The proposition is fixed while the claim is {claim.status}.")
    before = claim.proposition
    set_proposition(actor, claim, proposition)
    if claim.proposition != before:
        for verdict in Verdict.objects.filter(claim=claim, status=Verdict.State.PROPOSED):
            send_back(actor, verdict, claim, "The proposition was sharpened.")
    return claim


def _move_checks(claim: Claim, move: transitions.Move, aspect: str | None) -> None:
    checks = Check.objects.filter(claim=claim, status__in=move.starts)
    moving = list(checks.filter(aspect=aspect) if aspect else checks)
    if not moving:
        raise _not_from_here(claim, move)
    for check in moving:
        set_check(claim, check.aspect, move.leads_to)


def _move_whole(claim: Claim, move: transitions.Move) -> None:
    required = transitions.required_aspects(claim.label, claim.content_kind)
    nothing_to_check = move.name == "reopen" and not required
    if claim.status not in move.starts or nothing_to_check:
        raise _not_from_here(claim, move)
    if move.name == "reopen":
        begin_research(claim)
        return
    claim.status = Status(move.leads_to)
    claim.version += 1
    claim.save(update_fields=["status", "version"])


def _not_from_here(claim: Claim, move: transitions.Move) -> WrongState:
    allowed = transitions.allowed_moves(claim.status)
    listed = ", ".join(allowed) or "none"
    return WrongState(
        f"A claim that is {claim.status} cannot {move.name}. Moves possible now: {listed}.", extra={"allowed": allowed}
    )
