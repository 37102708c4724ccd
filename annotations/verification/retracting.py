"""Taking one's own proposed verdict back, before anybody has reviewed it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Status
from annotations.claims.queries import claim_for
from annotations.errors import NotPermitted, WrongState
from annotations.projects.access import Action, require
from annotations.verification.checks import set_check
from annotations.verification.models import Verdict
from annotations.verification.queries import verdict_for
from annotations.verification.transitions import ADVANCE


@transaction.atomic
def take_back_verdict(actor: User, *, verdict_id: UUID) -> Verdict:
    """Take one's own proposed verdict back; its aspect is researched again. 403 for another's, 409 where it was
    reviewed meanwhile or the claim is over."""
    claim = claim_for(actor, verdict_for(actor, verdict_id).claim_id, lock=True)
    verdict = verdict_for(actor, verdict_id)
    require(claim.role, Action.PROPOSE_VERDICT)
    if verdict.proposed_by_id != actor.pk:
        raise NotPermitted(_("Only who proposed a verdict can take it back; others ask for changes."))
    if verdict.status != Verdict.State.PROPOSED or claim.status not in ADVANCE:
        raise WrongState(_("The verdict was reviewed meanwhile, or the claim is over: too late to take it back."))
    verdict.status = Verdict.State.TAKEN_BACK
    verdict.save(update_fields=["status"])
    before = claim.status
    set_check(claim, verdict.aspect, Status.RESEARCHING)
    verdict.claim = claim
    record(
        actor,
        "verdict.taken_back",
        verdict,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        aspect=verdict.aspect,
        verdict=verdict.verdict,
        before=before,
        after=claim.status,
    )
    return verdict
