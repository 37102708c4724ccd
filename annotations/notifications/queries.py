"""Reads of notifications: a person's own, of projects they still belong to."""

from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.errors import NotVisible
from annotations.notifications.models import Kind, Notification, Unwanted
from annotations.projects.queries import Person


def visible_notifications(user: Person) -> QuerySet[Notification]:
    """The user's notifications; those of a claim only once its labelling has closed."""
    of_what = Q(claim=None) | Q(claim__labelling_closed_at__isnull=False)
    return Notification.objects.filter(of_what, recipient_id=user.pk, project__memberships__user_id=user.pk)


def listed(user: Person) -> QuerySet[Notification]:
    """The same, newest first, with all that is told of them."""
    rows = visible_notifications(user).select_related("actor", "project", "claim__article", "comment", "release")
    return rows.defer("claim__article__text").order_by("-created_at", "-id")


def unread_count(user: Person) -> int:
    """How many of them were not read: what the header of every page shows."""
    return visible_notifications(user).filter(read_at=None).count()


def notification_for(user: Person, notification_id: UUID) -> Notification:
    """One of the user's own, or 404."""
    found = listed(user).filter(pk=notification_id).first()
    if found is None:
        raise NotVisible
    return found


def unwanted_kinds(user: Person) -> list[str]:
    """The kinds that the user switched off, in the order of `Kind`."""
    off = set(Unwanted.objects.filter(user_id=user.pk).values_list("kind", flat=True))
    return [kind.value for kind in Kind if kind in off]
