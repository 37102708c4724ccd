"""Reads of claims: which ones a person may know of. What others said of them is `labelling.queries`."""

from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.claims.models import Claim
from annotations.errors import NotVisible
from annotations.projects.access import MEMBER_ROLE, Action, roles_for
from annotations.projects.queries import Person

Lock = Literal["none", "share", "update"]


def visible_claims(user: Person) -> QuerySet[Claim]:
    """Claims of the user's projects, with the user's `role` there; open ones only where open work may be seen."""
    return (
        Claim.objects.filter(project__memberships__user_id=user.pk)
        .annotate(**MEMBER_ROLE)
        .filter(Q(role__in=roles_for(Action.SEE_OPEN_WORK)) | Q(labelling_closed_at__isnull=False))
        .select_related("project__codebook")
    )


def claims_in(user: Person, article_id: UUID) -> QuerySet[Claim]:
    """The claims of an article that the user may know of, in the order of the text."""
    return visible_claims(user).filter(article_id=article_id).order_by("start", "end", "id")


def claim_for(user: Person, claim_id: UUID, *, lock: Lock = "none") -> Claim:
    """The claim, or 404.

    `share` holds it open against closing while a label is written, and lets other reviewers write theirs; `update`
    holds it against everybody. The order of locks is: article, claims by id, labels, counters.
    """
    if lock == "share":
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM annotations_claim WHERE id = %s FOR SHARE", [claim_id])
    rows = visible_claims(user).filter(pk=claim_id)
    claim = (rows.select_for_update(of=("self",)) if lock == "update" else rows).first()
    if claim is None:
        raise NotVisible
    return claim
