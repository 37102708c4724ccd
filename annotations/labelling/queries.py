"""The rule of blindness, here and only here: what a person may know of what others said.

While a claim is open for labelling, a reviewer of a blind project learns nothing of others' labels, nor whether there
are any. Everything that others attach to a claim (labels, evidence, events) is read through `uncovered`.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from annotations.articles.models import Article
from annotations.audit.models import Event
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.models import Assignment, Label, LabelRevision, OutsideLabel
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Distribution, Membership, Project
from annotations.projects.queries import Person


def uncovered(user: Person, *, owner: str, claim: str = "claim") -> Q:
    """The condition under which `user` may see a row about a claim: their own, a closed claim's, or not blind.

    `owner` and `claim` are the row's look-ups of who made it and of the claim it is about. It goes with a restriction
    to claims that the user may know of at all.
    """
    return (
        Q(**{owner: user.pk})
        | Q(**{f"{claim}__labelling_closed_at__isnull": False})
        | Q(**{f"{claim}__project__blind": False})
    )


def visible_revisions(user: Person) -> QuerySet[LabelRevision]:
    """Every revision of every label that the user may see."""
    return LabelRevision.objects.filter(
        uncovered(user, owner="reviewer"), claim__in=visible_claims(user).values("pk")
    ).select_related("reviewer", "codebook")


def visible_labels(user: Person) -> QuerySet[Label]:
    """Labels that the user may see, oldest first."""
    rows = Label.objects.filter(uncovered(user, owner="reviewer"), claim__in=visible_claims(user).values("pk"))
    return rows.select_related("reviewer", "current__codebook", "counted").order_by("created_at", "id")


def visible_outside_labels(user: Person) -> QuerySet[OutsideLabel]:
    """What was said in other tools of claims whose labelling has closed, whether the project is blind or not."""
    of_span = OutsideLabel.objects.filter(start=F("claim__start"), end=F("claim__end"))
    rows = of_span.filter(claim__labelling_closed_at__isnull=False, claim__in=visible_claims(user).values("pk"))
    return rows.order_by("origin", "annotator", "name")


# What the log tells only to those who may do it: releases are seen once they are published, and who labels beside
# them is nothing that reviewers need to know.
TOLD_TO = {
    "release.requested": Action.RELEASE,
    "job.cancelled": Action.SEE_JOBS,
    "invitation.made": Action.MANAGE_MEMBERS,
    "invitation.revoked": Action.MANAGE_MEMBERS,
    "assignment.made": Action.ASSIGN,
    "assignment.taken": Action.ASSIGN,
    "assignment.moved": Action.ASSIGN,
    "assignment.given_back": Action.ASSIGN,
    "assignment.lapsed": Action.ASSIGN,
    "assignments.balanced": Action.ASSIGN,
}


def visible_events(user: Person, project: Project) -> QuerySet[Event]:
    """The project's log as far as the user may read it, newest first.

    A hidden event is its actor's alone until labelling of what it is about has closed; events about open work belong
    to those who may see open work.
    """
    closed = Exists(Claim.objects.filter(pk=OuterRef("claim_id"), labelling_closed_at__isnull=False))
    still_open = Exists(Claim.objects.filter(article_id=OuterRef("article_id"), status=Status.LABELLING))
    over = Q(claim_id__isnull=False) & closed | Q(claim_id__isnull=True, article_id__isnull=False) & ~still_open
    rows = Event.objects.filter(project=project).filter(Q(actor_id=user.pk) | Q(hidden=False) | over)
    rows = rows.filter(Q(actor_id=user.pk) | ~Q(verb="training.answered"))
    role = Membership.objects.filter(project=project, user_id=user.pk).values_list("role", flat=True).first()
    rows = rows.exclude(verb__in=[verb for verb, action in TOLD_TO.items() if role not in roles_for(action)])
    if role not in roles_for(Action.SEE_OPEN_WORK):
        settled = Exists(Article.objects.filter(pk=OuterRef("article_id")).exclude(status=Article.Status.DRAFT))
        of_article = Q(article_id__isnull=True) | settled & ~still_open
        rows = rows.filter(Q(claim_id__isnull=True) & of_article | closed)
    return rows.select_related("actor").order_by("-at", "-id")


def my_label(user: Person, claim: Claim) -> Label | None:
    """The user's own label on the claim."""
    rows = Label.objects.select_related("current__codebook").filter(claim=claim, reviewer_id=user.pk)
    return rows.first()


def held(user: Person) -> Exists:
    """Whether a claim is assigned to the user, by itself or with its whole article."""
    mine = Assignment.objects.filter(article=OuterRef("article_id"), reviewer_id=user.pk)
    return Exists(mine.filter(Q(claim=None) | Q(claim=OuterRef("pk"))))


def labellable(user: Person) -> Q:
    """The condition under which a claim is the user's to label: assigned to them, or work there is open to everybody.

    It follows assignments alone. It goes with a restriction to open claims that the user may know of.
    """
    return Q(project__distribution=Distribution.OPEN) | Q(held(user))


def not_mine(user: Person, article: Article) -> set[UUID]:
    """Open claims of the article that are not the user's to label; none where everybody labels everything."""
    if article.project.distribution == Distribution.OPEN:
        return set()
    rows = Claim.objects.filter(~held(user), article=article, status=Status.LABELLING)
    return set(rows.values_list("pk", flat=True))


def unlabelled(user: Person, article: Article) -> QuerySet[Claim]:
    """Open claims of the article that are the user's to label and have no label of theirs, in the order of the text."""
    mine = Label.objects.filter(claim=OuterRef("pk"), reviewer_id=user.pk)
    rows = Claim.objects.filter(labellable(user), article=article, status=Status.LABELLING)
    return rows.filter(~Exists(mine)).order_by("start", "end", "id")


# By what a queue is sorted. Where work is assigned, each person has an order of articles of their own.
QUEUE_ORDER: dict[str, tuple[str, ...]] = {
    Distribution.OPEN: ("article__created_at", "article_id", "start", "end", "id"),
    Distribution.ASSIGNED: ("turn", "article_id", "start", "end", "id"),
}


def waiting(user: Person, project: Project) -> QuerySet[Claim]:
    """Open claims that are the user's to label and not handed in by them, in no order."""
    done = Label.objects.filter(claim=OuterRef("pk"), reviewer_id=user.pk, handed_in_at__isnull=False)
    rows = visible_claims(user).filter(project=project, status=Status.LABELLING).filter(~Exists(done))
    return rows.filter(held(user)) if project.distribution == Distribution.ASSIGNED else rows


def queue(user: Person, project: Project) -> QuerySet[Claim]:
    """The claims that are `waiting`: articles in turn, claims as in the text.

    `turn` is what `allocation.turn` tells of the article. That the article is the project's follows from the claim;
    said, it lets the first claims be found in the order of articles, without a look at all the others.
    """
    rows = waiting(user, project).filter(article__project=project)
    if project.distribution == Distribution.ASSIGNED:
        article = Cast("article_id", CharField())
        rows = rows.annotate(turn=MD5(Concat(Value(f"{project.pk}:{user.pk}:"), article)))
    return rows.order_by(*QUEUE_ORDER[project.distribution])


@dataclass(frozen=True)
class Progress:
    """How many labels an article's open claims have, of how many wanted."""

    claims: int
    labels: int
    handed_in: int
    wanted: int


def article_progress(user: Person, article: Article) -> Progress | None:
    """How far labelling is, for managers with no label and no assignment in the article; None for everybody else."""
    if article.role not in roles_for(Action.OPEN_AND_CLOSE):
        return None
    labels = Label.objects.filter(claim__article=article)
    assigned = Assignment.objects.filter(article=article, reviewer_id=user.pk)
    if labels.filter(reviewer_id=user.pk).exists() or assigned.exists():
        return None
    counts = labels.filter(claim__status=Status.LABELLING).aggregate(
        labels=Count("pk"), handed_in=Count("pk", filter=Q(handed_in_at__isnull=False))
    )
    claims = Claim.objects.filter(article=article, status=Status.LABELLING).count()
    return Progress(claims, counts["labels"], counts["handed_in"], claims * article.project.labels_per_claim)
