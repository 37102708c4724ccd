"""Reads of the training: the gold claims, where a member stands, and what managers see. Gold comes after answers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.errors import NotVisible
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Project
from annotations.projects.queries import Person, members
from annotations.training.models import GoldClaim, TrainingAnswer, TrainingRound

FEWEST, MOST = 10, 15  # how many gold claims are good


@dataclass(frozen=True)
class Standing:
    """Where a member stands: their last round, its answers in order, how many claims it has, and the next one."""

    round: TrainingRound | None
    answers: list[TrainingAnswer]
    total: int
    next: GoldClaim | None

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(answer.right for answer in self.answers)

    @property
    def finished(self) -> bool:
        """Whether the last round is finished."""
        return self.round is not None and self.round.finished_at is not None


@dataclass(frozen=True)
class Trainee:
    """A member who may label, and their last round (None before the first); its number is how many they began.

    With the round come the counts of its answers: `right`, `given`.
    """

    name: str
    round: TrainingRound | None


def gold_claims(project: Project) -> QuerySet[GoldClaim]:
    """The gold claims in force, in order."""
    return GoldClaim.objects.filter(project=project, removed_at=None).order_by("position", "id")


def gold_claim(project: Project, id: UUID) -> GoldClaim:
    """One gold claim in force; else 404."""
    found = gold_claims(project).filter(pk=id).first()
    if found is None:
        raise NotVisible
    return found


def trained(user: Person, project_id: int) -> bool:
    """Whether the user has finished a round."""
    return TrainingRound.objects.filter(project=project_id, user_id=user.pk, finished_at__isnull=False).exists()


def remaining(round: TrainingRound) -> list[GoldClaim]:
    """What is still to answer in the round, in its order; what was removed meanwhile is not asked."""
    rows = GoldClaim.objects.filter(pk__in=round.claims, removed_at=None).exclude(answers__round=round)
    return sorted(rows, key=lambda claim: round.claims.index(claim.pk))


def standing(user: Person, project: Project) -> Standing:
    """Where the user stands. Before the first round, the next claim is the first there is."""
    last = TrainingRound.objects.filter(project=project, user_id=user.pk).order_by("-number").first()
    if last is None:
        claims = list(gold_claims(project))
        return Standing(None, [], len(claims), claims[0] if claims else None)
    answers = list(last.answers.select_related("claim").order_by("answered_at", "id"))
    left = [] if last.finished_at else remaining(last)
    return Standing(last, answers, len(answers) + len(left), left[0] if left else None)


def trainees(project: Project) -> list[Trainee]:
    """Every member who may label, by name, with how their last round went; for managers."""
    last = TrainingRound.objects.filter(project=project).order_by("user_id", "-number").distinct("user_id")
    right = Count("answers", filter=Q(answers__right=True))
    counted = TrainingRound.objects.filter(pk__in=last.values("pk")).annotate(right=right, given=Count("answers"))
    found = {one.user_id: one for one in counted}
    labelling = members(project).filter(role__in=roles_for(Action.LABEL))
    return [Trainee(member.user.get_username(), found.get(member.user_id)) for member in labelling]


def missed(project: Project) -> QuerySet[GoldClaim]:
    """Gold claims that were answered differently, most often first, with counts (`wrong`, `given`); for managers."""
    wrong = Count("answers", filter=Q(answers__right=False))
    rows = gold_claims(project).annotate(wrong=wrong, given=Count("answers")).filter(wrong__gt=0)
    return rows.order_by("-wrong", "position")
