"""Writes of the training: gold claims by managers, rounds and answers by who labels."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import Happening, record, record_all
from annotations.claims.models import LabelValue
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require_member
from annotations.projects.models import Membership, Project
from annotations.projects.queries import locked_project, membership_in
from annotations.training.models import GoldClaim, TrainingAnswer, TrainingRound
from annotations.training.placing import PlacingError, place
from annotations.training.queries import gold_claim, gold_claims, remaining, standing
from annotations.training.starter import EXAMPLES
from annotations.web.wording import said


@transaction.atomic
def write_gold(
    actor: User,
    *,
    slug: str,
    text: str,
    exact: str,
    label: str,
    why: str,
    content_kind: str | None = None,
    rule: str = "",
    language: str = "",
    id: UUID | None = None,
) -> GoldClaim:
    """Add a gold claim at the end, or change one. 400 where its words have no one place in the passage."""
    project = _managed(actor, slug)
    try:
        start, end = place(text, exact)
    except PlacingError as error:
        raise InvalidInput.field("exact", said(error.message)) from None
    if content_kind and label != LabelValue.ATTRIBUTED:
        raise InvalidInput.field("content_kind", _("Only an attributed statement has this. Leave it out."))
    _check_rule(project, rule)
    claim = gold_claim(project, id) if id else GoldClaim(project=project, position=_end(project))
    claim.text, claim.start, claim.end, claim.exact = text, start, end, exact
    claim.label, claim.content_kind, claim.why = label, content_kind, why
    claim.rule, claim.language = rule, language
    claim.save()
    record(actor, "gold.edited" if id else "gold.added", claim, project=project.pk)
    return claim


@transaction.atomic
def take_examples(actor: User, *, slug: str) -> list[GoldClaim]:
    """Add those of the twelve examples that are not there yet. 409 where all are."""
    project = _managed(actor, slug)
    there = set(gold_claims(project).values_list("text", flat=True))
    known = _rules(project)
    at, made = _end(project), []
    for place_, example in enumerate(one for one in EXAMPLES if one["text"] not in there):
        start, end = place(example["text"], example["exact"])
        rule = example["rule"] if example["rule"] in known else ""
        values = {**example, "rule": rule, "start": start, "end": end}
        made.append(GoldClaim(project=project, position=at + place_, **values))
    if not made:
        raise WrongState(_("The examples are all here already."))
    GoldClaim.objects.bulk_create(made)
    record_all(actor, [Happening("gold.added", claim) for claim in made], project=project.pk)
    return made


@transaction.atomic
def remove_gold(actor: User, *, slug: str, id: UUID) -> None:
    """Take a gold claim out; what was answered to it stays. 409 for the last one while the training is on."""
    project = _managed(actor, slug)
    claim = gold_claim(project, id)
    if project.training and gold_claims(project).count() == 1:
        raise WrongState(_("This is the last gold claim. Switch the training off in the settings first."))
    claim.removed_at = timezone.now()
    claim.save(update_fields=["removed_at"])
    # Who had only this one left has finished.
    for begun in TrainingRound.objects.filter(project=project, finished_at=None).order_by("pk"):
        _finish(begun)
    record(actor, "gold.removed", claim, project=project.pk)


@transaction.atomic
def move_gold(actor: User, *, slug: str, id: UUID, up: bool) -> None:
    """Let a gold claim and its neighbour change places; nothing at either end."""
    project = _managed(actor, slug)
    claims = list(gold_claims(project))
    at = claims.index(gold_claim(project, id))
    other = at - 1 if up else at + 1
    if not 0 <= other < len(claims):
        return
    claims[at], claims[other] = claims[other], claims[at]
    for position, claim in enumerate(claims):
        claim.position = position
    GoldClaim.objects.bulk_update(claims, ["position"])
    record(actor, "gold.moved", claims[other], project=project.pk)


@transaction.atomic
def begin_round(actor: User, *, slug: str) -> TrainingRound:
    """Begin a round over the gold claims there are; the one that is open where one is. 409 where there are none."""
    return _begun(actor, _training(actor, slug).project)


@transaction.atomic
def answer_gold(actor: User, *, slug: str, claim: UUID, label: str, content_kind: str | None = None) -> TrainingAnswer:
    """Answer the next claim of my round, which the first answer begins; what is gold is told by the answer.

    400 for a content kind without an attributed statement, 404 for no claim of the training, 409 for one that is not
    next.
    """
    project = _training(actor, slug).project
    if content_kind and label != LabelValue.ATTRIBUTED:
        raise InvalidInput.field("content_kind", _("Only an attributed statement has this. Leave it out."))
    gold = gold_claim(project, claim)
    if standing(actor, project).finished:
        raise WrongState(_("You have finished this round. Begin another to go through it again."))
    begun = _begun(actor, project)
    left = remaining(begun)
    if not left or left[0] != gold:
        raise WrongState(_("This claim is not the next one of your round. Load the page again."))
    right = label == gold.label and (content_kind is None or gold.content_kind in (None, content_kind))
    answer = TrainingAnswer.objects.create(
        round=begun,
        claim=gold,
        label=label,
        content_kind=content_kind,
        gold_label=gold.label,
        gold_kind=gold.content_kind,
        why=gold.why,
        rule=gold.rule,
        right=right,
        answered_at=timezone.now(),
    )
    _finish(begun)
    record(actor, "training.answered", begun, project=project.pk, hidden=True)
    return answer


def _training(actor: User, slug: str) -> Membership:
    """The actor's membership where there is a training for them, held against gold changing and a second tab."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.LABEL)
    membership.project = locked_project(membership.project_id)
    if not membership.project.training:
        raise WrongState(_("This project has no training round at the moment."))
    return membership


def _begun(actor: User, project: Project) -> TrainingRound:
    mine = TrainingRound.objects.filter(project=project, user=actor)
    if found := mine.filter(finished_at=None).first():
        return found
    claims = list(gold_claims(project).values_list("pk", flat=True))
    if not claims:
        raise WrongState(_("There are no gold claims yet."))
    return TrainingRound.objects.create(
        project=project, user=actor, number=mine.count() + 1, claims=claims, begun_at=timezone.now()
    )


def _finish(begun: TrainingRound) -> None:
    if not remaining(begun):
        begun.finished_at = timezone.now()
        begun.save(update_fields=["finished_at"])


def _managed(actor: User, slug: str) -> Project:
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_PROJECT)
    return locked_project(membership.project_id)


def _end(project: Project) -> int:
    last = gold_claims(project).last()
    return last.position + 1 if last else 0


def _rules(project: Project) -> set[str]:
    return {rule["id"] for rule in project.codebook.rules} if project.codebook else set()


def _check_rule(project: Project, rule: str) -> None:
    if rule and rule not in _rules(project):
        raise InvalidInput.field("rule", _("The codebook has no such rule."))
