"""What waits for somebody where verdicts and disagreements are: deciding, reviewing, mending what was sent back."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from annotations.accounts.models import User
from annotations.adjudication.queries import to_decide
from annotations.adjudication.second_looks import waiting
from annotations.articles.models import Article
from annotations.claims.models import Status
from annotations.labelling.models import LabelRevision
from annotations.projects.access import Action, may, roles_for
from annotations.projects.models import Membership, Project
from annotations.projects.queries import members
from annotations.verification.models import Aspect, Part, Verdict
from annotations.verification.queries import visible_verdicts
from annotations.verification.transitions import ADVANCE

SENT_BACK_SHOWN = 5


@dataclass(frozen=True)
class Step:
    """One thing that waits for this person: a kind the page has words for, how many, an article where it is one.

    A decision has its parts (`disputed`, `unsettled`) and how many more are `barred` to who labelled them; what was
    sent back names the first `verdicts`.
    """

    kind: str
    number: int = 0
    article: Article | None = None
    disputed: int = 0
    unsettled: int = 0
    barred: int = 0
    verdicts: tuple[Verdict, ...] = ()


def some(kind: str, number: int) -> list[Step]:
    """The step, where there is anything of it."""
    return [Step(kind, number)] if number else []


def judging(user: User, membership: Membership, counts: dict[str, int]) -> list[Step]:
    """What waits of disagreements and verdicts for this member; `counts` are the project's claims by status."""
    project, role = membership.project, membership.role
    steps = []
    if may(role, Action.DECIDE):
        steps += _deciding(user, project) + _looking_again(user, project)
    if may(role, Action.REVIEW_VERDICT):
        proposed = visible_verdicts(user).filter(claim__project=project, status=Verdict.State.PROPOSED)
        mine = proposed.filter(proposed_by_id=user.pk) if project.four_eyes else proposed.none()
        steps += some("review", proposed.exclude(pk__in=mine.values("pk")).count())
        steps += some("stuck", mine.count()) if only_approver(user, project) else []
    if may(role, Action.MOVE_CLAIM):
        steps += some("challenged", counts.get(Status.CHALLENGED, 0)) + some("stale", counts.get(Status.STALE, 0))
    return _sent_back(user, project) + steps if may(role, Action.PROPOSE_VERDICT) else steps


def only_approver(user: User, project: Project) -> bool:
    """Whether nobody but this person could approve a verdict in a project of four eyes: not even they, their own."""
    approvers = members(project).filter(role__in=roles_for(Action.REVIEW_VERDICT))
    return project.four_eyes and [member.user_id for member in approvers] == [user.pk]


def _deciding(user: User, project: Project) -> list[Step]:
    mine = Exists(LabelRevision.objects.filter(claim=OuterRef("pk"), reviewer_id=user.pk))
    rows = list(to_decide(user, project).order_by().annotate(mine=mine).values_list("status", "mine"))
    open_to_me = [status for status, labelled in rows if not (labelled and project.four_eyes)]
    if not open_to_me:
        return []
    disputed, number = open_to_me.count(Status.DISPUTED), len(open_to_me)
    step = Step("decide", number, disputed=disputed, unsettled=number - disputed, barred=len(rows) - number)
    return [step]


def _looking_again(user: User, project: Project) -> list[Step]:
    _asked, again = waiting(user, project)
    if project.four_eyes:
        again = again.exclude(label_revisions__reviewer_id=user.pk)
    return some("look_again", again.count())


def _sent_back(user: User, project: Project) -> list[Step]:
    """The user's verdicts that have to be changed, where nothing else was proposed or approved since, and the claim
    was not taken apart."""
    of_same_part = Q(part=OuterRef("part")) | Q(part=None)
    later = Verdict.objects.filter(
        of_same_part,
        claim=OuterRef("claim"),
        aspect=OuterRef("aspect"),
        proposed_at__gt=OuterRef("proposed_at"),
    )
    apart = Q(part=None, aspect=Aspect.CONTENT, claim__in=Part.objects.values("claim"))
    rows = visible_verdicts(user).filter(
        ~Exists(later),
        ~apart,
        claim__project=project,
        claim__status__in=ADVANCE,
        proposed_by_id=user.pk,
        status=Verdict.State.CHANGES_REQUESTED,
    )
    number = rows.count()
    shown = rows.select_related("claim")[:SENT_BACK_SHOWN]
    return [Step("sent_back", number, verdicts=tuple(shown))] if number else []
