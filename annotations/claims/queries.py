"""Reads of claims: which ones a person may know of. What others said of them is `labelling.queries`."""

from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.claims.models import Claim
from annotations.errors import NotVisible
from annotations.projects.access import MEMBER_ROLE, Action, may, roles_for
from annotations.projects.queries import Person


def visible_claims(user: Person) -> QuerySet[Claim]:
    """Claims of the user's projects, with the user's `role` there; open ones only where open work may be seen."""
    return (
        Claim.objects.filter(project__memberships__user_id=user.pk)
        .annotate(**MEMBER_ROLE)
        .filter(Q(role__in=roles_for(Action.SEE_OPEN_WORK)) | Q(labelling_closed_at__isnull=False))
    )


def may_know(*, role: str, closed: bool) -> bool:
    """The rule of `visible_claims` for one claim: whether somebody of this role may know of it."""
    return closed or may(role, Action.SEE_OPEN_WORK)


def claims_in(user: Person, article_id: UUID) -> QuerySet[Claim]:
    """The claims of an article that the user may know of, in the order of the text."""
    return visible_claims(user).filter(article_id=article_id).order_by("start", "end", "id")


def claim_for(user: Person, claim_id: UUID, *, lock: bool = False) -> Claim:
    """The claim with its project and codebook, or 404; held until the transaction ends where `lock`.

    The order of locks is: article, claims by id, labels, counters.
    """
    rows = visible_claims(user).filter(pk=claim_id).select_related("project__codebook")
    claim = (rows.select_for_update(no_key=True, of=("self",)) if lock else rows).first()
    if claim is None:
        raise NotVisible
    return claim
