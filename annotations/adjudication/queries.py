"""The queue of disagreements, and what an adjudicator sees of one."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from annotations.adjudication.models import Decision
from annotations.adjudication.surroundings import REACH, Surroundings, surroundings
from annotations.articles.models import Article
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.models import LabelRevision
from annotations.labelling.queries import visible_labels
from annotations.projects.models import Project
from annotations.projects.queries import Person

# Nobody goes on with these, so nothing of them has to be settled.
OVER = (Status.CLOSED, Status.VOID, Status.WITHDRAWN)


def is_waiting(claim: Claim) -> bool:
    """Whether the claim waits for a decision: disputed, or agreed with something that reviewers gave differently."""
    if claim.labelling_closed_at is None or claim.status in OVER:
        return False
    return claim.status == Status.DISPUTED or bool(claim.unsettled)


def to_decide(user: Person, project: Project) -> QuerySet[Claim]:
    """The claims that wait for a decision (`is_waiting`), in the order of articles and text."""
    rows = visible_claims(user).filter(project=project, article__project=project, labelling_closed_at__isnull=False)
    rows = rows.exclude(status__in=OVER)
    waiting = rows.filter(Q(status=Status.DISPUTED) | ~Q(unsettled=[])).select_related("article", "project__codebook")
    return waiting.order_by("article__created_at", "article_id", "start", "end", "id")


def side_by_side(user: Person, claim: Claim) -> list[tuple[str, LabelRevision]]:
    """The counted labels of a closed claim under neutral names, in an order that tells nothing of who came first."""
    rows = visible_labels(user).filter(claim=claim, counted__isnull=False).select_related("counted__codebook")
    labels = sorted(rows, key=lambda label: label.pk.bytes[::-1])
    return [(_letters(place), label.counted) for place, label in enumerate(labels) if label.counted]


def has_labelled(user: Person, claim: Claim) -> bool:
    """Whether the user ever saved a label on the claim, abstentions included."""
    return LabelRevision.objects.filter(claim=claim, reviewer_id=user.pk).exists()


def labelled_by(user: Person, claims: Iterable[Claim]) -> set[UUID]:
    """The keys of those of the claims that the user ever saved a label on."""
    rows = LabelRevision.objects.filter(reviewer_id=user.pk, claim__in=[claim.pk for claim in claims])
    return set(rows.values_list("claim_id", flat=True))


def labels_given(user: Person, claims: Iterable[Claim]) -> dict[UUID, list[str]]:
    """The counted labels of closed claims without who gave them, in the order of the words."""
    rows = visible_labels(user).filter(claim__in=[claim.pk for claim in claims], counted__isnull=False)
    given = defaultdict(list)
    for claim_id, label in rows.order_by("counted__label").values_list("claim_id", "counted__label"):
        given[claim_id].append(label)
    return dict(given)


def next_to_decide(user: Person, project: Project, *, after: Claim | None = None) -> UUID | None:
    """The next claim that waits and that the user may decide: the first after this one, or else the first of all."""
    rows = to_decide(user, project).select_related(None)
    if project.four_eyes:
        rows = rows.exclude(Exists(LabelRevision.objects.filter(claim=OuterRef("pk"), reviewer_id=user.pk)))
    keys = rows.values_list("pk", flat=True)
    if after is None:
        return keys.first()
    return keys.filter(_follows(after)).first() or keys.exclude(pk=after.pk).first()


def _follows(claim: Claim) -> Q:
    """What stands after a claim in the order of articles and text."""
    place = {
        "article__created_at": claim.article.created_at,
        "article_id": claim.article_id,
        "start": claim.start,
        "end": claim.end,
        "id": claim.pk,
    }
    later, same = Q(), Q()
    for name, value in place.items():
        later |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    return later


def decisions_on(user: Person, claim: Claim) -> QuerySet[Decision]:
    """The decisions on a claim that the user may know of, newest first."""
    rows = Decision.objects.filter(claim=claim, claim__in=visible_claims(user).values("pk"))
    return rows.select_related("adjudicator").order_by("-created_at", "-id")


def around(claim: Claim) -> Surroundings:
    """The claim in its paragraph, with the paragraphs before and after; only this piece of the text is fetched."""
    first = max(0, claim.start - REACH)
    piece = Substr("text", first + 1, claim.end + REACH - first)
    [[window, length]] = Article.objects.filter(pk=claim.article_id).values_list(piece, "length")
    return surroundings(
        window,
        claim.start - first,
        claim.end - first,
        more_before=first > 0,
        more_after=claim.end + REACH < length,
    )


def _letters(place: int) -> str:
    """A, B … Z, AA, AB …"""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
