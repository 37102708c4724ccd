"""Reads of comments: whoever may know of a claim reads them, once its labelling has closed."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from annotations.claims.models import Claim
from annotations.claims.queries import visible_claims
from annotations.discussion.models import Comment, EarlierText
from annotations.errors import NotVisible
from annotations.projects.models import Project
from annotations.projects.queries import Person, members


def visible_comments(user: Person) -> QuerySet[Comment]:
    """Comments that the user may see, oldest first, with their earlier texts."""
    closed = visible_claims(user).filter(labelling_closed_at__isnull=False)
    earlier = Prefetch("earlier", queryset=EarlierText.objects.order_by("-version"))
    rows = Comment.objects.filter(claim__in=closed.values("pk")).select_related(
        "claim__project", "author", "removed_by"
    )
    return rows.prefetch_related(earlier).order_by("created_at", "id")


def comments_on(user: Person, claim: Claim) -> QuerySet[Comment]:
    """The comments on one claim."""
    return visible_comments(user).filter(claim=claim)


def comment_for(user: Person, comment_id: UUID, *, lock: bool = False) -> Comment:
    """The comment, held until the transaction ends where `lock`; or 404."""
    rows = visible_comments(user).filter(pk=comment_id)
    comment = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if comment is None:
        raise NotVisible
    return comment


def member_names(project: Project) -> list[str]:
    """The names of those who can be mentioned."""
    return list(members(project).filter(user__is_active=True).values_list("user__username", flat=True))
