"""Deciding a claim that reviewers did not settle."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.adjudication.models import Decision
from annotations.adjudication.queries import has_labelled
from annotations.audit.services import record
from annotations.claims.models import Claim, LabelValue, Status
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, NotPermitted, WrongState
from annotations.labelling.services import SETTLED, settled_status
from annotations.projects.access import Action, require


@transaction.atomic
def decide(
    actor: User,
    *,
    claim_id: UUID,
    label: str,
    reason: str,
    content_kind: str | None = None,
    attribution: dict[str, Any] | None = None,
) -> Decision:
    """Settle a disputed claim, or what is unsettled of an agreed one.

    403 for who labelled the claim, 409 where nothing is to be decided, 400 for what does not fit together.
    """
    claim = claim_for(actor, claim_id, lock="update")
    require(claim.role, Action.DECIDE)
    if claim.labelling_closed_at is None or not (claim.status == Status.DISPUTED or claim.unsettled):
        raise WrongState(f"There is nothing to decide on this claim: it is {claim.status}.")
    if claim.project.four_eyes and has_labelled(actor, claim):
        raise NotPermitted("You labelled this claim, so somebody else has to decide it.")
    _check(claim, label, reason, content_kind, attribution)
    decision = Decision.objects.create(
        claim=claim,
        adjudicator=actor,
        label=label,
        content_kind=content_kind,
        attribution=attribution or None,
        reason=reason.strip(),
        created_at=timezone.now(),
    )
    before = {"status": claim.status, "label": claim.label, "content_kind": claim.content_kind}
    _settle(claim, decision)
    record(
        actor,
        "claim.decided",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        decision=str(decision.pk),
        before=before,
        after={"status": claim.status, "label": claim.label, "content_kind": claim.content_kind},
        reason=decision.reason,
    )
    return decision


def _settle(claim: Claim, decision: Decision) -> None:
    claim.label, claim.content_kind, claim.attribution = decision.label, decision.content_kind, decision.attribution
    if claim.status == Status.DISPUTED:
        claim.status = settled_status(decision.label)
    claim.unsettled, claim.origin = [], "adjudicated"
    claim.version += 1
    claim.save(update_fields=SETTLED)


def _check(claim: Claim, label: str, reason: str, content_kind: str | None, attribution: dict[str, Any] | None) -> None:
    errors: dict[str, list[str]] = {}
    if not reason.strip():
        errors["reason"] = ["Say why: the reason is kept with the decision."]
    if label == LabelValue.UNSURE:
        errors["label"] = ["A decision settles the claim: choose one of the labels, or not_a_claim."]
    elif claim.status != Status.DISPUTED and label != claim.label:
        errors["label"] = [f"The reviewers agree on {claim.label}: only what they left unsettled can be decided."]
    if label != LabelValue.ATTRIBUTED:
        for name, value in (("content_kind", content_kind), ("attribution", attribution)):
            if value:
                errors[name] = ["Only an attributed statement has this. Leave it out."]
    if errors:
        raise InvalidInput("The decision does not fit together.", errors=errors)
