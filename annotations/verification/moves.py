"""Moves of a claim that no verdict brings about (closing, challenging, voiding …), and a sharper proposition."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.accounts.models import User
from annotations.adjudication.services import note_second_look
from annotations.articles.queries import article_for
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.services import check_version, set_proposition, write_proposition
from annotations.claims.wording import STATUS_WORDS
from annotations.errors import InvalidInput, WrongState
from annotations.labelling.services import close_finished
from annotations.projects.access import Action, require
from annotations.verification.checks import aspect_statuses, moves_whole, possible_moves, resume_research, set_check
from annotations.verification.models import Verdict
from annotations.verification.rechecking import clear_marks
from annotations.verification.services import send_back
from annotations.verification.transitions import MOVES, Move
from annotations.verification.wording import ASPECT_WORDS, MOVE_WORDS
from annotations.web.wording import listed

# A label is settled or being settled, and no verdict of any kind rests on the words of the proposition.
SHARPENABLE = (Status.AGREED, Status.DISPUTED, Status.CLOSED)
SHARPENABLE_ASPECTS = {Status.RESEARCHING, Status.PROPOSED}


@transaction.atomic
def move_claim(actor: User, *, claim_id: UUID, to: str, reason: str, aspect: str | None = None) -> Claim:
    """Make one move of `transitions.MOVES`; without `aspect` every aspect that can make it does.

    400 without a reason, 403 by role, 409 with `allowed` where the move does not start from here.
    """
    move = MOVES[to]
    article = article_for(actor, claim_for(actor, claim_id).article_id, lock=True)
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action[move.permission])
    if not reason.strip():
        raise InvalidInput.field("reason", _("Say why: the reason is kept in the log."))
    before = claim.status
    moved = _move(claim, move, aspect)
    clear_marks(actor, claim, moved, move=move.name)
    if move.name in ("challenge", "reopen"):
        note_second_look(actor, claim, reason=reason.strip())
    record(
        actor,
        f"claim.{move.told}",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        before=before,
        after=claim.status,
        aspects=moved,
        reason=reason.strip(),
    )
    close_finished(actor, article, claims=0)
    return claim


@transaction.atomic
def edit_proposition(actor: User, *, claim_id: UUID, proposition: str, version: int) -> Claim:
    """Write the proposition of a draft unit, or sharpen that of a claim whose labelling has closed.

    A verdict already proposed goes back to its proposer, and what was approved on parts counts no more: they made up
    the claim as it was worded. 409 while the claim is being labelled, and where a verdict
    was approved for the words as they are: that has to be challenged and reopened first.
    """
    seen = claim_for(actor, claim_id)
    if seen.status == Status.DRAFT:
        return write_proposition(actor, claim_id=claim_id, proposition=proposition, version=version)
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.SHARPEN)
    check_version(claim, version)
    if not may_be_sharpened(claim):
        raise WrongState(_why_fixed(claim), extra={"status": claim.status})
    before = claim.proposition
    set_proposition(actor, claim, proposition)
    if claim.proposition != before:
        of_parts = Verdict.objects.filter(claim=claim, part__isnull=False, status=Verdict.State.APPROVED)
        of_parts.update(status=Verdict.State.SUPERSEDED)
        for verdict in Verdict.objects.filter(claim=claim, status=Verdict.State.PROPOSED).order_by("pk"):
            # Stored, so in English; pages look it up.
            send_back(actor, verdict, claim, gettext_noop("The proposition was sharpened."))
    return claim


def may_be_sharpened(claim: Claim) -> bool:
    """Whether the proposition of a claim whose labelling has closed may still be changed."""
    statuses = aspect_statuses(claim)
    return claim.status in SHARPENABLE or (bool(statuses) and SHARPENABLE_ASPECTS.issuperset(statuses.values()))


def _why_fixed(claim: Claim) -> str:
    if claim.labelling_closed_at is None:
        told = _("The proposition is fixed until labelling has closed; the claim is %(status)s.")
        return told % {"status": STATUS_WORDS[claim.status]}
    decided = [aspect for aspect, status in aspect_statuses(claim).items() if status not in SHARPENABLE_ASPECTS]
    if decided:
        told = _("A verdict on %(aspects)s was approved for these words. Challenge and reopen it first.")
        return told % {"aspects": listed(ASPECT_WORDS[aspect] for aspect in decided)}
    return _("The proposition is fixed: the claim is %(status)s.") % {"status": STATUS_WORDS[claim.status]}


def _move(claim: Claim, move: Move, aspect: str | None) -> list[str]:
    """Move a held claim, or those of its aspects that can; the aspects that moved."""
    if moves_whole(claim, move):
        _move_whole(claim, move)
        return []
    can = possible_moves(claim).get(move.name, [])
    moving = [one for one in can if aspect in (None, one)]
    if not moving:
        raise _not_from_here(claim, move, aspect)
    for one in moving:
        set_check(claim, one, move.leads_to)
    return moving


def _move_whole(claim: Claim, move: Move) -> None:
    if move.name == "reopen":
        resume_research(claim)
        return
    claim.status = Status(move.leads_to)
    claim.version += 1
    claim.save(update_fields=["status", "version"])


def _not_from_here(claim: Claim, move: Move, aspect: str | None) -> WrongState:
    status = aspect_statuses(claim).get(aspect or "", claim.status)
    allowed = list(possible_moves(claim))
    words = {
        "status": STATUS_WORDS[status],
        "move": MOVE_WORDS[move.name],
        "moves": listed(MOVE_WORDS[name] for name in allowed) or _("none"),
    }
    told = _("This claim is %(status)s: to %(move)s is not possible. Possible now: %(moves)s.")
    if aspect:
        words["aspect"] = ASPECT_WORDS[aspect]
        told = _("The %(aspect)s of this claim is %(status)s: to %(move)s is not possible. Possible now: %(moves)s.")
    return WrongState(told % words, extra={"allowed": allowed})
