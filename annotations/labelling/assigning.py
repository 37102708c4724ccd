"""Writes of assignments by managers, by hand or balanced by chance, and giving places back."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.services import record, record_all
from annotations.claims.models import Claim, Status
from annotations.errors import InvalidInput, StaleVersion, WrongState
from annotations.labelling.allocation import SEEDS, Plan, balanced
from annotations.labelling.giving import Terms, Wanted, give, happened
from annotations.labelling.holding import assignment_for, places_in, who_may_label
from annotations.labelling.models import Assignment, Label
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.access import Action, require_member
from annotations.projects.models import Project
from annotations.projects.queries import locked_project, membership_in

UNITS = ("articles", "claims")


@transaction.atomic
def assign(
    actor: User, *, slug: str, reviewers: Sequence[str], articles: Sequence[UUID] = (), claims: Sequence[UUID] = ()
) -> list[Assignment]:
    """Give articles and claims to reviewers by hand; the new assignments, for who has one keeps it.

    400 naming who may not label here and what is not in the project, 409 for an article or claim that has closed.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.ASSIGN)
    project = locked_project(membership.project_id)
    people = _reviewers(project, reviewers)
    places: list[tuple[UUID, UUID | None]] = [(article.pk, None) for article in _articles(project, articles)]
    places += [(claim.article_id, claim.pk) for claim in _claims(project, claims)]
    if not places:
        raise InvalidInput.field("articles", _("Choose at least one article or claim."))
    wanted = [Wanted(article, claim, person) for article, claim in places for person in people]
    made, lapsed = give(project, wanted, Terms(actor, Assignment.Origin.BY_HAND))
    _tell(actor, project, made)
    record_all(actor, [*lapsed, *(happened("assignment.made", row) for row in made)], project=project.pk)
    return made


def plan(
    actor: User, *, slug: str, unit: str, reviewers: Sequence[str], articles: Sequence[UUID] = (), seed: int | None
) -> tuple[Plan, dict[int, User]]:
    """What `balance` would add, and who the people of the plan are; without a seed it gets one by chance."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.ASSIGN)
    return _planned(membership.project, unit, reviewers, articles, seed)


@transaction.atomic
def balance(
    actor: User,
    *,
    slug: str,
    unit: str,
    reviewers: Sequence[str],
    articles: Sequence[UUID] = (),
    seed: int | None = None,
    digest: str = "",
) -> tuple[Plan, dict[int, User]]:
    """Give every open or drafted article (of `articles`, where named), or each of their claims, its people by chance.

    Existing assignments stay and count. 412 where `digest` is not that of the plan as it would be made now.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.ASSIGN)
    project = locked_project(membership.project_id)
    made, people = _planned(project, unit, reviewers, articles, seed)
    if digest and digest != made.digest:
        raise StaleVersion(
            _("Something changed since this plan was shown. Look at the new one."), extra={"current": made.digest}
        )
    of = dict(Claim.objects.filter(pk__in=made.added).values_list("pk", "article_id")) if unit == "claims" else {}
    wanted = [
        Wanted(of.get(id, id), id if of else None, people[person])
        for id, persons in made.added.items()
        for person in persons
    ]
    terms = Terms(actor, Assignment.Origin.BALANCED, seed=made.seed)
    rows, lapsed = give(project, wanted, terms)
    _tell(actor, project, rows)
    record_all(actor, lapsed, project=project.pk)
    shares = {people[person].get_username(): load.new for person, load in made.loads.items()}
    record(
        actor,
        "assignments.balanced",
        project,
        project=project.pk,
        seed=made.seed,
        unit=unit,
        overlap=project.labels_per_claim,
        places=len(rows),
        shares=shares,
    )
    return made, people


@transaction.atomic
def give_back(actor: User, *, assignment_id: UUID) -> None:
    """End an assignment: one's own, until it is finished, or as a manager anybody's. Labels made under it stay."""
    row = _held(actor, assignment_id)
    if row.reviewer_id == actor.pk and row.finished_at is not None:
        raise WrongState(_("You have handed in all of it: there is nothing left to give back."))
    record_all(actor, [happened("assignment.given_back", row)], project=row.project_id)
    row.delete()


@transaction.atomic
def move(actor: User, *, assignment_id: UUID, reviewer: str) -> Assignment:
    """Give somebody's place to somebody else. 400 for who may not label, 409 for who has a place there already."""
    row = _held(actor, assignment_id)
    require_member(membership_in(actor, row.project.slug), Action.ASSIGN)
    [person] = _reviewers(row.project, [reviewer])
    before = row.reviewer.get_username()
    # A place is free for others only once its holder has none: refused, the transaction takes this back.
    Assignment.objects.filter(pk=row.pk).delete()
    made, lapsed = give(
        row.project, [Wanted(row.article_id, row.claim_id, person)], Terms(actor, Assignment.Origin.BY_HAND)
    )
    if not made or person.pk == row.reviewer_id:
        raise WrongState(_("%(name)s has a place there already.") % {"name": reviewer})
    _tell(actor, row.project, made)
    moved = happened("assignment.moved", made[0], before=before, after=reviewer)
    record_all(actor, [*lapsed, moved], project=row.project_id)
    return made[0]


def finish(actor: User, article: Article) -> None:
    """Finish the actor's places in an article in which they handed in all that was theirs."""
    done = Label.objects.filter(claim__article=article, reviewer=actor, handed_in_at__isnull=False)
    left = Claim.objects.filter(article=article, status=Status.LABELLING).exclude(pk__in=done.values("claim"))
    open_to_me = list(left.values_list("pk", flat=True))
    rows = Assignment.objects.filter(article=article, reviewer=actor, finished_at=None)
    rows = rows.exclude(claim__in=open_to_me)
    rows = rows.exclude(claim=None) if open_to_me else rows
    finished = list(rows.select_for_update().order_by("id").values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=finished).update(finished_at=timezone.now())


def _tell(actor: User, project: Project, made: Iterable[Assignment]) -> None:
    """Tell people, once, that they were given work."""
    notify(actor, Kind.WORK_GIVEN, {row.reviewer_id for row in made}, project_id=project.pk)


def _held(actor: User, assignment_id: UUID) -> Assignment:
    """The assignment as it stands once its project is held."""
    locked_project(assignment_for(actor, assignment_id).project_id)
    return assignment_for(actor, assignment_id)


def _reviewers(project: Project, names: Sequence[str]) -> list[User]:
    able = {member.user.get_username(): member.user for member in who_may_label(project)}
    if not names:
        raise InvalidInput.field("reviewers", _("Choose at least one reviewer."))
    if unable := [name for name in names if name not in able]:
        sentence = _("Not a member who may label here: %(names)s.") % {"names": ", ".join(unable)}
        raise InvalidInput.field("reviewers", sentence)
    return [able[name] for name in dict.fromkeys(names)]


def _articles(project: Project, ids: Sequence[UUID]) -> list[Article]:
    rows = Article.objects.filter(project=project, pk__in=ids).defer("text").in_bulk()
    if missing := [str(id) for id in ids if id not in rows]:
        raise InvalidInput.field("articles", _("Not in this project: %(ids)s.") % {"ids": ", ".join(missing)})
    if any(row.status == Article.Status.CLOSED for row in rows.values()):
        raise WrongState(_("Labelling of one of these articles has closed."))
    return [rows[id] for id in dict.fromkeys(ids)]


def _claims(project: Project, ids: Sequence[UUID]) -> list[Claim]:
    rows = Claim.objects.filter(project=project, pk__in=ids).in_bulk()
    if missing := [str(id) for id in ids if id not in rows]:
        raise InvalidInput.field("claims", _("Not in this project: %(ids)s.") % {"ids": ", ".join(missing)})
    if any(row.status != Status.LABELLING for row in rows.values()):
        raise WrongState(_("One of these claims is not open for labelling."))
    return [rows[id] for id in dict.fromkeys(ids)]


def _planned(
    project: Project, unit: str, reviewers: Sequence[str], articles: Sequence[UUID], seed: int | None
) -> tuple[Plan, dict[int, User]]:
    people = {person.pk: person for person in _reviewers(project, reviewers)}
    rows = Article.objects.filter(project=project).exclude(status=Article.Status.CLOSED)
    if articles:
        rows = rows.filter(pk__in=[article.pk for article in _articles(project, articles)])
    weights, held = _units(rows.values_list("pk", flat=True), unit)
    chosen = secrets.randbelow(SEEDS) if seed is None else seed
    return balanced(weights, people, held, overlap=project.labels_per_claim, seed=chosen), people


def _units(articles: Iterable[UUID], unit: str) -> tuple[dict[UUID, int], dict[UUID, set[int]]]:
    """The weights of the units, and who has a standing place in each."""
    ids, held = list(articles), defaultdict[UUID, set[int]](set)
    places = [row for row in places_in(ids) if row.stands]
    if unit == "claims":
        of = dict(Claim.objects.filter(article__in=ids, status=Status.LABELLING).values_list("pk", "article_id"))
        whole = defaultdict[UUID, set[int]](set)
        for row in places:
            (held[row.claim_id] if row.claim_id else whole[row.article_id]).add(row.reviewer_id)
        return dict.fromkeys(of, 1), {claim: held[claim] | whole[article] for claim, article in of.items()}
    for row in places:
        held[row.article_id].add(row.reviewer_id)
    units = Count("claims", filter=Q(claims__status__in=[Status.DRAFT, Status.LABELLING]))
    weights = Article.objects.filter(pk__in=ids).annotate(n=units).values_list("pk", "n")
    return {article: max(1, n) for article, n in weights}, held
