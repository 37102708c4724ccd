"""Taking a compound claim apart: what it says as two or more sentences, each checked on its own."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.services import check_version
from annotations.claims.wording import STATUS_WORDS
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, may, require
from annotations.verification.checks import aspect_statuses
from annotations.verification.derivation import LEAST_PARTS
from annotations.verification.models import MOST_PARTS, Aspect, Part, Verdict
from annotations.verification.parts import parts_of
from annotations.verification.source_models import Evidence
from annotations.verification.transitions import MOVES, required_aspects

DECOMPOSABLE = (Status.AGREED, Status.RESEARCHING)
LONGEST = 5000


@transaction.atomic
def decompose_claim(
    actor: User, *, claim_id: UUID, parts: Sequence[str], version: int | None = None
) -> tuple[Claim, list[Part]]:
    """Say what the parts of a claim are, all of them in order; with none the claim is one again.

    400 for a single part, too many, an empty or a repeated one; 409 where the label is not settled, content is not
    asked for, it has a verdict, or a part has evidence or a verdict already; 412 for an old version.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.PROPOSE_VERDICT)
    wanted = _sentences(parts)
    if refusal := _why_whole(claim):
        raise WrongState(refusal, extra={"status": claim.status})
    if version is not None:
        check_version(claim, version)
    had = parts_of(claim)
    if [part.proposition for part in had] == wanted:
        return claim, had
    if used := used_part(claim):
        told = _("Part %(n)s has evidence or a verdict already: the parts stay as they are.")
        raise WrongState(told % {"n": used.position}, extra={"part": str(used.pk)})
    return claim, _replace(actor, claim, had, wanted)


def may_decompose(claim: Claim) -> bool:
    """Whether the reader, whose role the claim carries, may say now what the claim's parts are."""
    return may(claim.role, Action.PROPOSE_VERDICT) and not _why_whole(claim) and not used_part(claim)


def used_part(claim: Claim) -> Part | None:
    """The first part that has evidence, or ever had a verdict."""
    used = {
        *Evidence.objects.filter(claim=claim, part__isnull=False).values_list("part_id", flat=True),
        *Verdict.objects.filter(claim=claim, part__isnull=False).values_list("part_id", flat=True),
    }
    return next((part for part in parts_of(claim) if part.pk in used), None)


def _sentences(parts: Sequence[str]) -> list[str]:
    wanted = [" ".join(part.split()) for part in parts]
    if not all(wanted):
        raise InvalidInput.field("parts", _("A part is a sentence; one is empty."))
    if wanted and not LEAST_PARTS <= len(wanted) <= MOST_PARTS:
        told = _("A compound claim has %(least)s to %(most)s parts; there are %(n)s.")
        raise InvalidInput.field("parts", told % {"least": LEAST_PARTS, "most": MOST_PARTS, "n": len(wanted)})
    if len(set(wanted)) < len(wanted):
        raise InvalidInput.field("parts", _("Two of the parts are the same."))
    if any(len(part) > LONGEST for part in wanted):
        raise InvalidInput.field("parts", _("A part has at most %(n)s characters.") % {"n": LONGEST})
    return wanted


def _why_whole(claim: Claim) -> str:
    """Why the parts cannot be said now; empty where they can."""
    if claim.labelling_closed_at is None or claim.label is None:
        told = _("A claim is taken apart once its label is settled; the claim is %(status)s.")
        return told % {"status": STATUS_WORDS[claim.status]}
    if Aspect.CONTENT not in required_aspects(claim.label, claim.content_kind):
        return _("Only a claim whose content is checked has parts; by its label the content of this one is not.")
    status = aspect_statuses(claim).get(Aspect.CONTENT, claim.status)
    if status in DECOMPOSABLE:
        return ""
    if status == Status.PROPOSED:
        return _("A verdict on the content is proposed. Take it back or ask for changes first.")
    if status in MOVES["challenge"].starts:
        return _("A verdict on the content was approved. Challenge and reopen it first.")
    return _("The content of this claim is %(status)s. Reopen it first.") % {"status": STATUS_WORDS[status]}


def _replace(actor: User, claim: Claim, had: list[Part], wanted: list[str]) -> list[Part]:
    """Write the parts of a held claim. A verdict of the whole that was reopened counts no more."""
    whole = Verdict.objects.filter(claim=claim, aspect=Aspect.CONTENT, part=None, status=Verdict.State.APPROVED)
    whole.update(status=Verdict.State.SUPERSEDED)
    Part.objects.filter(claim=claim).delete()
    new = [
        Part(claim=claim, position=position, proposition=text, created_by=actor)
        for position, text in enumerate(wanted, start=1)
    ]
    Part.objects.bulk_create(new)
    claim.version += 1
    claim.save(update_fields=["version"])
    record(
        actor,
        "claim.decomposed",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        before=[part.proposition for part in had],
        after=wanted,
    )
    return new
