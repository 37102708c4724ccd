"""The queue of disagreements."""

from django.db.models import Q, QuerySet

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
    rows = visible_claims(user).filter(project=project, labelling_closed_at__isnull=False).exclude(status__in=OVER)
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


def labelled_by(user: Person, claims: QuerySet[Claim]) -> set[object]:
    """The keys of those of the claims that the user ever saved a label on."""
    rows = LabelRevision.objects.filter(reviewer_id=user.pk, claim__in=claims.order_by().values("pk"))
    return set(rows.values_list("claim_id", flat=True))


def _letters(place: int) -> str:
    """A, B … Z, AA, AB …"""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
