"""Deciding a claim that reviewers did not settle."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.adjudication.models import Decision, SecondLook
from annotations.adjudication.queries import has_labelled, is_waiting
from annotations.adjudication.second_looks import reasons_for
from annotations.articles.models import Article
from annotations.audit.services import record
from annotations.claims.models import Claim, ContentKind, LabelValue, Status
from annotations.claims.queries import claim_for
from annotations.claims.wording import LABEL_WORDS, STATUS_WORDS
from annotations.codebooks.models import Codebook
from annotations.errors import InvalidInput, NotPermitted, WrongState
from annotations.labelling.models import Label
from annotations.labelling.places import misplaced, unplaced
from annotations.labelling.services import SETTLED, settled_status
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.access import Action, require
from annotations.web.wording import said_at


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
    """Settle a disputed claim, or what is unsettled of an agreed one; what is not given of that stays unsettled.

    403 for who labelled the claim, 409 where nothing is to be decided, 400 for what does not fit together.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.DECIDE)
    if not is_waiting(claim):
        raise nothing_to_decide(claim)
    if claim.project.four_eyes and has_labelled(actor, claim):
        raise NotPermitted(_("You labelled this claim, so somebody else has to decide it."))
    given = {"content_kind": content_kind or None, "attribution": _filled(attribution)}
    _check(claim, label, reason, given)
    before = _standing(claim)
    note_second_look(actor, claim, reason=reason.strip())
    _settle(claim, label, given)
    decision = Decision.objects.create(
        claim=claim,
        adjudicator=actor,
        label=label,
        content_kind=claim.content_kind,
        attribution=claim.attribution,
        reason=reason.strip(),
        created_at=timezone.now(),
    )
    labelled = Label.objects.filter(claim=claim, counted__isnull=False).values_list("reviewer_id", flat=True)
    notify(actor, Kind.DECIDED, labelled, project_id=claim.project_id, claim=claim)
    record(
        actor,
        "claim.decided",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        decision=str(decision.pk),
        before=before,
        after=_standing(claim),
        reason=decision.reason,
    )
    return decision


def nothing_to_decide(claim: Claim) -> WrongState:
    """The refusal of a decision on a claim that waits for none."""
    told = _("There is nothing to decide on this claim: it is %(status)s.")
    return WrongState(told % {"status": STATUS_WORDS[claim.status]})


def _filled(attribution: dict[str, Any] | None) -> dict[str, Any] | None:
    """The fields of an attribution that say something, or None where none does."""
    return {name: value for name, value in (attribution or {}).items() if value not in (None, "", {})} or None


def _standing(claim: Claim) -> dict[str, Any]:
    return {
        "status": claim.status,
        "label": claim.label,
        "content_kind": claim.content_kind,
        "attribution": claim.attribution,
    }


def _settle(claim: Claim, label: str, given: dict[str, Any]) -> None:
    """Set what is given on a held claim. Of a claim whose labels agree, only what they left unsettled changes."""
    disputed = claim.status == Status.DISPUTED
    for name, value in given.items():
        if disputed or (name in claim.unsettled and value):
            setattr(claim, name, value)
    claim.unsettled = [] if disputed else [name for name in claim.unsettled if not given[name]]
    if disputed:
        claim.label, claim.status = label, settled_status(label)
    elif claim.status == Status.PROPOSED and claim.content_kind == ContentKind.FACT and given["content_kind"]:
        # Whether the statement is true is asked from now on, and nobody has looked into that.
        claim.status = Status.RESEARCHING
    claim.origin = "adjudicated"
    claim.version += 1
    claim.save(update_fields=SETTLED)


def _check(claim: Claim, label: str, reason: str, given: dict[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if not reason.strip():
        errors["reason"] = [_("Say why: the reason is kept with the decision.")]
    if label == LabelValue.UNSURE:
        errors["label"] = [_("A decision settles the claim: choose one of the labels, or not_a_claim.")]
    if label != LabelValue.ATTRIBUTED:
        errors |= {name: [_("Only an attributed statement has this. Leave it out.")] for name in given if given[name]}
    if given["attribution"]:
        [length] = Article.objects.filter(pk=claim.article_id).values_list("length", flat=True)
        errors |= said_at(misplaced(given["attribution"], length))
    if claim.status != Status.DISPUTED:
        errors |= _beyond_unsettled(claim, label, given)
    if errors:
        raise InvalidInput(_("The decision does not fit together."), errors=errors)


def _beyond_unsettled(claim: Claim, label: str, given: dict[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a decision on a claim whose labels agree: only what they left unsettled can be decided."""
    if label != claim.label:
        told = _("The reviewers agree on “%(label)s”: only what they left unsettled can be decided.")
        return {"label": [told % {"label": LABEL_WORDS[str(claim.label)]}]}
    errors = {
        name: [_("This is settled already. Leave it out.")]
        for name, value in given.items()
        if value and name not in claim.unsettled and not _says(value, getattr(claim, name))
    }
    if not any(given[name] for name in claim.unsettled):
        errors |= {name: [_("The reviewers gave this differently. Say which it is.")] for name in claim.unsettled}
    return errors


def _says(given: Any, settled: Any) -> bool:
    """Whether what is given is what is settled; where in the text an attribution stands is no part of that."""
    return unplaced(given) == unplaced(settled) if isinstance(given, dict) else bool(given == settled)


@transaction.atomic
def keep_label(actor: User, *, claim_id: UUID, reason: str = "") -> SecondLook:
    """Say that the label of a closed claim stays under the version of the codebook in force.

    403 for who labelled it, under four eyes; 409 where that version does not ask to look at it again, or somebody has.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.DECIDE)
    if claim.project.four_eyes and has_labelled(actor, claim):
        raise NotPermitted(_("You labelled this claim, so somebody else has to say that its label stays."))
    codebook = claim.project.codebook
    if codebook is None or not reasons_for(actor, claim):
        raise WrongState(_("The codebook in force does not ask to look at this claim again, or somebody has."))
    look = _look(actor, claim, codebook, SecondLook.Outcome.STAYS, reason.strip())
    record(
        actor,
        "claim.label_kept",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        version=codebook.version,
        reason=look.reason,
    )
    return look


def note_second_look(actor: User, claim: Claim, *, reason: str) -> None:
    """Whoever decides, challenges or reopens a held claim has looked at it: where that was asked for, it is kept."""
    if claim.project.codebook and reasons_for(actor, claim):
        _look(actor, claim, claim.project.codebook, SecondLook.Outcome.MOVED, reason)


def _look(actor: User, claim: Claim, codebook: Codebook, outcome: SecondLook.Outcome, reason: str) -> SecondLook:
    return SecondLook.objects.create(
        claim=claim, codebook=codebook, outcome=outcome, reason=reason, looked_by=actor, looked_at=timezone.now()
    )
