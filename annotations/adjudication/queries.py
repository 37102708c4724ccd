"""The queue of disagreements."""

from django.db.models import Q, QuerySet

from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.models import LabelRevision
from annotations.labelling.queries import visible_labels
from annotations.projects.models import Project
from annotations.projects.queries import Person


def to_decide(user: Person, project: Project) -> QuerySet[Claim]:
    """Disputed claims, and agreed ones whose content kind or attribution differ, in the order of articles and text."""
    waiting = Q(status=Status.DISPUTED) | Q(labelling_closed_at__isnull=False) & ~Q(unsettled=[]) & ~Q(status="void")
    rows = visible_claims(user).filter(project=project).filter(waiting)
    return rows.select_related("article").order_by("article__created_at", "article_id", "start", "end", "id")


def side_by_side(user: Person, claim: Claim) -> list[tuple[str, LabelRevision]]:
    """The counted labels of a closed claim under neutral names, in an order that tells nothing of who came first."""
    rows = visible_labels(user).filter(claim=claim, counted__isnull=False).select_related("counted__codebook")
    labels = sorted(rows, key=lambda label: label.pk.bytes[::-1])
    return [(chr(ord("A") + place), label.counted) for place, label in enumerate(labels) if label.counted]


def has_labelled(user: Person, claim: Claim) -> bool:
    """Whether the user ever saved a label on the claim, abstentions included."""
    return LabelRevision.objects.filter(claim=claim, reviewer_id=user.pk).exists()
