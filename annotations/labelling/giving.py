"""How places are written, whoever asks for them: what a new place replaces, and the lapsed ones it makes room by."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from annotations.accounts.models import User
from annotations.audit.services import Happening
from annotations.claims.models import Claim, Status
from annotations.labelling.allocation import displaced
from annotations.labelling.holding import as_place, places_in
from annotations.labelling.models import Assignment
from annotations.projects.models import Project


@dataclass(frozen=True)
class Wanted:
    """A place to be given: all of an article, or one claim of it, to one reviewer."""

    article: UUID
    claim: UUID | None
    reviewer: User


@dataclass(frozen=True)
class Terms:
    """How places are made: by whom, from what, and until when a lease."""

    made_by: User
    origin: Assignment.Origin
    seed: int | None = None
    expires_at: datetime | None = None


@dataclass
class _Table:
    """The places of the articles in question while new ones are given: what stays, what goes, what comes."""

    needed: int
    rows: dict[UUID, list[Assignment]]
    claims: dict[UUID, list[UUID]]
    gone: list[Assignment] = field(default_factory=list)
    lapsed: list[Assignment] = field(default_factory=list)
    new: list[Assignment] = field(default_factory=list)

    def give(self, wanted: Wanted, place: Assignment) -> None:
        """Add the place where the reviewer does not have one as good."""
        rows = self.rows[wanted.article]
        own = [row for row in rows if row.reviewer_id == wanted.reviewer.pk]
        if any(_is_as_good(row, place) for row in own):
            return
        replaced = [row for row in own if wanted.claim in (None, row.claim_id)]
        self.gone += replaced
        place.finished_at = next((row.finished_at for row in replaced if row.claim_id == place.claim_id), None)
        rows = [row for row in rows if row not in replaced]
        scope = self.claims[wanted.article] if wanted.claim is None else [wanted.claim]
        out = displaced(scope, [as_place(row) for row in rows if row not in own], needed=self.needed)
        self.lapsed += [row for row in rows if row.pk in out]
        self.new.append(place)
        self.rows[wanted.article] = [*(row for row in rows if row.pk not in out), place]


def give(project: Project, wanted: Sequence[Wanted], terms: Terms) -> tuple[list[Assignment], list[Happening]]:
    """Store the places that are wanted, in a project that is held: the new ones, and what happened to lapsed ones.

    A reviewer who has as good a place keeps it. All of an article replaces their claims of it, and what a manager gives
    replaces a lease. Lapsed places of others go where a claim would have more than the project's number of labels.
    """
    articles = {one.article for one in wanted}
    rows: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in places_in(articles, lock=True):
        rows[row.article_id].append(row)
    table = _Table(project.labels_per_claim, rows, _claims(articles))
    for one in wanted:
        table.give(one, _place(project, one, terms))
    out = {row.pk for row in (*table.gone, *table.lapsed)}
    new = [row for row in table.new if row.pk not in out]
    Assignment.objects.filter(pk__in=out).delete()
    Assignment.objects.bulk_create(new, batch_size=500)
    return new, [happened("assignment.lapsed", row) for row in table.lapsed]


def happened(verb: str, row: Assignment, **data: object) -> Happening:
    """What was done to an assignment, with its reviewer's name."""
    told = {"username": row.reviewer.get_username(), "origin": row.origin, **data}
    if row.seed is not None:
        told["seed"] = row.seed
    return Happening(verb, row, row.article_id, row.claim_id, told)


def _is_as_good(row: Assignment, place: Assignment) -> bool:
    """Whether the reviewer's place `row` makes `place` needless: as wide, standing, and no lease where that is none.

    Not whether it is finished: who gives places would learn who has handed in.
    """
    lasts = row.expires_at is None or place.expires_at is not None
    return row.claim_id in (None, place.claim_id) and row.stands and lasts


def _place(project: Project, wanted: Wanted, terms: Terms) -> Assignment:
    place = Assignment(
        project=project,
        article_id=wanted.article,
        claim_id=wanted.claim,
        reviewer=wanted.reviewer,
        origin=terms.origin,
        seed=terms.seed,
        made_by=terms.made_by,
        expires_at=terms.expires_at,
    )
    place.stands = True
    return place


def _claims(articles: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The claims of the articles that are or will be open for labelling."""
    rows = Claim.objects.filter(article__in=list(articles), status__in=[Status.DRAFT, Status.LABELLING])
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for article, claim in rows.values_list("article_id", "id"):
        found[article].append(claim)
    return found
