"""Writes of evidence and verdicts."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.wording import STATUS_WORDS
from annotations.errors import InvalidInput, NotPermitted, WrongState
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.access import Action, require, roles_for
from annotations.projects.queries import members
from annotations.verification import transitions
from annotations.verification.checklist import require_checked
from annotations.verification.checks import aspect_statuses, begin_research, set_check
from annotations.verification.keeping import placed
from annotations.verification.models import VERDICTS, Aspect, Part, Verdict
from annotations.verification.parts import named_part, part_states, said_of, status_after
from annotations.verification.queries import evidence_for, grounds, rests_on, twin_of, verdict_for
from annotations.verification.source_models import Evidence
from annotations.verification.sourcing import source_for
from annotations.verification.wording import ASPECT_WORDS, UNSETTLED, VERDICT_STATES
from annotations.web.wording import listed, said

# Where evidence may be added: everywhere but on units that are not opened, or on what is over.
NO_EVIDENCE = (Status.DRAFT, Status.CLOSED, Status.VOID, Status.WITHDRAWN)
PROPOSABLE = (Status.AGREED, Status.RESEARCHING)
# The verdicts of a claim's other parts may wait for their review meanwhile.
PROPOSABLE_PART = (*PROPOSABLE, Status.PROPOSED)


@transaction.atomic
def add_evidence(
    actor: User,
    *,
    claim_id: UUID,
    aspect: str,
    part_id: UUID | None = None,
    source_id: UUID | None = None,
    url: str = "",
    title: str = "",
    snapshot_id: UUID | None = None,
    quote_start: int | None = None,
    quote: str = "",
    **said: Any,
) -> Evidence:
    """Use a source, named by id or by url, for one aspect of a claim. 409 where the claim takes no evidence, or has
    this piece already (the same source, aspect, part, stance, quote and set) from the same person. Evidence on the
    content of a compound claim names its part. With a snapshot the quote has to stand in it, at `quote_start` where
    that is given (code points); 400 where it does not. `said` is stance, tier and what else evidence says.

    The first evidence on an agreed claim begins its research. Evidence on an open claim is its author's alone.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.ADD_SOURCE)
    if claim.status in NO_EVIDENCE:
        raise WrongState(_("A claim that is %(status)s takes no evidence.") % {"status": STATUS_WORDS[claim.status]})
    place = placed(actor, claim, snapshot_id, quote, quote_start)
    source = source_for(actor, claim, place.source_of(source_id), url, title)
    evidence = Evidence(
        claim=claim,
        source=source,
        aspect=aspect,
        part=named_part(claim, aspect, part_id),
        quote=quote,
        snapshot=place.snapshot,
        quote_start=place.start,
        quote_end=place.end,
        created_by=actor,
        **said,
    )
    if twin := twin_of(evidence):
        told = _("You added this evidence already, from the same source with the same quote.")
        raise WrongState(told, extra={"first": str(twin.pk)})
    evidence.save(force_insert=True)
    before = claim.status
    if claim.status == Status.AGREED:
        begin_research(claim)
    _tell(actor, "evidence.added", evidence, claim, before, **_used(evidence))
    return evidence


@transaction.atomic
def remove_evidence(actor: User, *, evidence_id: UUID) -> Claim:
    """Take one's own evidence away; the claim it was on. 403 for another's, 409 where a verdict rests on it."""
    claim = claim_for(actor, evidence_for(actor, evidence_id).claim_id, lock=True)
    evidence = evidence_for(actor, evidence_id)
    require(claim.role, Action.ADD_SOURCE)
    if evidence.created_by_id != actor.pk:
        raise NotPermitted(_("Only who added evidence can remove it."))
    if claim.status in NO_EVIDENCE or rests_on(evidence):
        raise WrongState(_("This evidence is kept: a verdict rests on it, or the claim is over."))
    _tell(actor, "evidence.removed", evidence, claim, claim.status, **_used(evidence))
    evidence.delete()
    return claim


@transaction.atomic
def propose_verdict(
    actor: User,
    *,
    claim_id: UUID,
    aspect: str,
    verdict: str,
    explanation: str,
    as_of: date,
    search_note: str = "",
    part_id: UUID | None = None,
) -> Verdict:
    """Propose the answer for one aspect, of a compound claim's content for one part.

    400 for a word of the other aspect, no explanation or a day to come; 409 where the aspect does not apply, the claim
    is not there yet, or the verdict rests on too little.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.PROPOSE_VERDICT)
    _check_words(aspect, verdict, explanation, as_of)
    part = named_part(claim, aspect, part_id)
    _check_proposable(claim, aspect, part)
    _check_ground(claim, aspect, part, verdict, search_note)
    proposed = Verdict.objects.create(
        claim=claim,
        aspect=aspect,
        part=part,
        verdict=verdict,
        explanation=explanation,
        as_of=as_of,
        search_note=search_note,
        proposed_by=actor,
        proposed_at=timezone.now(),
    )
    before = claim.status
    set_check(claim, aspect, status_after(claim, part, Status.PROPOSED))
    may_approve = members(claim.project).filter(role__in=roles_for(Action.REVIEW_VERDICT))
    people = may_approve.values_list("user_id", flat=True)
    notify(actor, Kind.VERDICT_PROPOSED, people, project_id=claim.project_id, claim=claim)
    _tell(actor, "verdict.proposed", proposed, claim, before, **judged(proposed))
    return proposed


@transaction.atomic
def approve_verdict(actor: User, *, verdict_id: UUID, checked: Collection[str] = ()) -> Verdict:
    """Approve somebody else's verdict, with what was ticked of the project's checklist.

    403 for one's own, 409 where it is not proposed or rests on too little, 400 where something was not ticked.
    """
    verdict, claim = _held(actor, verdict_id)
    if claim.unsettled:
        told = _(
            "What reviewers gave differently (%(names)s) is not settled yet. An adjudicator has to decide it first."
        )
        names = listed(UNSETTLED[name] for name in claim.unsettled)
        raise WrongState(told % {"names": names}, extra={"unsettled": claim.unsettled})
    _check_ground(claim, verdict.aspect, verdict.part, verdict.verdict, verdict.search_note)
    ticked = require_checked(claim.project, checked)
    before_it = Verdict.objects.filter(claim=claim, aspect=verdict.aspect, part=verdict.part)
    before_it.filter(status=Verdict.State.APPROVED).update(status=Verdict.State.SUPERSEDED)
    verdict.checked = ticked
    _review(actor, verdict, Verdict.State.APPROVED, "")
    before = claim.status
    set_check(claim, verdict.aspect, status_after(claim, verdict.part, Status.VERIFIED))
    notify(actor, Kind.VERDICT_APPROVED, [verdict.proposed_by_id], project_id=claim.project_id, claim=claim)
    _tell(actor, "verdict.approved", verdict, claim, before, **judged(verdict), checked=ticked)
    return verdict


@transaction.atomic
def request_changes(actor: User, *, verdict_id: UUID, reason: str) -> Verdict:
    """Send somebody else's proposed verdict back with a reason."""
    verdict, claim = _held(actor, verdict_id)
    if not reason.strip():
        raise InvalidInput.field("reason", _("Say what has to change."))
    send_back(actor, verdict, claim, reason.strip())
    return verdict


def send_back(actor: User, verdict: Verdict, claim: Claim, reason: str) -> None:
    """A proposed verdict of a held claim goes back to its proposer; the aspect is being researched again."""
    _review(actor, verdict, Verdict.State.CHANGES_REQUESTED, reason)
    before = claim.status
    set_check(claim, verdict.aspect, Status.RESEARCHING)
    notify(actor, Kind.CHANGES_REQUESTED, [verdict.proposed_by_id], project_id=claim.project_id, claim=claim)
    _tell(actor, "verdict.changes_requested", verdict, claim, before, **judged(verdict), reason=reason)


def judged(verdict: Verdict) -> dict[str, Any]:
    """What the log keeps of a verdict."""
    return {"aspect": verdict.aspect, "verdict": verdict.verdict, **said_of(verdict.part)}


def _check_words(aspect: str, verdict: str, explanation: str, as_of: date) -> None:
    if verdict not in VERDICTS[Aspect(aspect)]:
        told = _("A verdict on %(aspect)s is one of %(verdicts)s.")
        words = {"aspect": ASPECT_WORDS[aspect], "verdicts": ", ".join(VERDICTS[Aspect(aspect)])}
        raise InvalidInput.field("verdict", told % words)
    if not explanation.strip():
        raise InvalidInput.field("explanation", _("Say what the verdict rests on and how it follows."))
    if as_of > timezone.localdate() + timedelta(days=1):  # tomorrow: somewhere it has begun
        told = _("A verdict is about what is known by a day that has come, not a later one.")
        raise InvalidInput.field("as_of", told)


def _check_proposable(claim: Claim, aspect: str, part: Part | None) -> None:
    required = transitions.required_aspects(claim.label, claim.content_kind)
    if claim.labelling_closed_at is None or claim.label is None:
        told = _("A verdict can be proposed once the label is settled; the claim is %(status)s.")
        raise WrongState(told % {"status": STATUS_WORDS[claim.status]})
    if aspect not in required:
        told = _("A verdict on %(aspect)s does not apply to this claim: by its label %(aspects)s is checked.")
        applies = listed(ASPECT_WORDS[one] for one in required) or _("nothing")
        raise WrongState(told % {"aspect": ASPECT_WORDS[aspect], "aspects": applies})
    status = aspect_statuses(claim).get(aspect, claim.status)
    if part and part_states(claim)[part.pk][0]:
        told = _("A verdict on part %(n)s is proposed already: it is reviewed or taken back first.")
        raise WrongState(told % {"n": part.position})
    if status not in (PROPOSABLE_PART if part else PROPOSABLE):
        told = _("The %(aspect)s of this claim is %(status)s: a verdict can be proposed only while it is researching.")
        if status in transitions.MOVES["challenge"].starts:
            told = _("The %(aspect)s of this claim is %(status)s. Challenge it first; then propose a verdict.")
        raise WrongState(told % {"aspect": ASPECT_WORDS[aspect], "status": STATUS_WORDS[status]})


def _check_ground(claim: Claim, aspect: str, part: Part | None, verdict: str, search_note: str) -> None:
    missing = transitions.missing_ground(verdict, grounds(claim, aspect, part), search_note)
    if missing:
        raise WrongState(said(missing), extra={"missing": [said(missing)]})


def _held(actor: User, verdict_id: UUID) -> tuple[Verdict, Claim]:
    """A proposed verdict the actor may review, and its claim, held."""
    claim = claim_for(actor, verdict_for(actor, verdict_id).claim_id, lock=True)
    verdict = verdict_for(actor, verdict_id)
    require(claim.role, Action.REVIEW_VERDICT)
    if claim.project.four_eyes and verdict.proposed_by_id == actor.pk:
        raise NotPermitted(_("You proposed this verdict, so somebody else has to review it."))
    if verdict.status != Verdict.State.PROPOSED:
        raise WrongState(_("This verdict is %(state)s, not proposed.") % {"state": VERDICT_STATES[verdict.status]})
    if claim.status not in transitions.ADVANCE:
        told = _("The claim is %(status)s: reopen it before its verdicts go on.")
        raise WrongState(told % {"status": STATUS_WORDS[claim.status]})
    verdict.claim = claim
    return verdict, claim


def _review(actor: User, verdict: Verdict, state: Verdict.State, reason: str) -> None:
    verdict.status, verdict.review_reason = state, reason
    verdict.reviewed_by, verdict.reviewed_at = actor, timezone.now()
    verdict.save(update_fields=["status", "review_reason", "reviewed_by", "reviewed_at", "checked"])


def _used(evidence: Evidence) -> dict[str, Any]:
    """What the log keeps of evidence, so that it can be told after it was removed."""
    words = {name: getattr(evidence, name) for name in ("aspect", "stance", "tier", "quote", "note")}
    return {**words, **said_of(evidence.part), "source": evidence.source.url or evidence.source.title}


def _tell(actor: User, verb: str, subject: Any, claim: Claim, before: str, **data: Any) -> None:
    """Record what was done to a claim, and how its status moved by it, if it did."""
    moved = {"before": before, "after": claim.status} if before != claim.status else {}
    record(
        actor,
        verb,
        subject,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        hidden=claim.labelling_closed_at is None,
        **data,
        **moved,
    )
