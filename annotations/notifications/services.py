"""Writes of notifications. `notify` belongs into the transaction of the act it tells of, before its event."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.errors import InvalidInput
from annotations.notifications.models import Kind, Notification, Unwanted
from annotations.notifications.queries import notification_for, unwanted_kinds, visible_notifications
from annotations.projects.models import Membership


def notify(
    actor: User, kind: Kind, people: Iterable[int], *, project_id: int, **about: models.Model | None
) -> list[Notification]:
    """Tell these people (by key) of what `actor` did: `claim=…`, with its `comment=…` where it is one, or `release=…`.

    Left out are the actor, whoever is no member or cannot sign in, and who does not want this kind.
    """
    members = Membership.objects.filter(project_id=project_id, user__in=set(people) - {actor.pk}, user__is_active=True)
    told = members.exclude(user__unwanted_kinds__in=Unwanted.objects.filter(kind=kind)).order_by("user_id")
    return Notification.objects.bulk_create(
        Notification(recipient_id=user_id, kind=kind, project_id=project_id, actor=actor, **about)
        for user_id in told.values_list("user_id", flat=True)
    )


@transaction.atomic
def mark_read(user: User, *, notification_id: UUID) -> Notification:
    """Mark one of one's own as read; again changes nothing."""
    found = notification_for(user, notification_id)
    if found.read_at is None:
        found.read_at = timezone.now()
        found.save(update_fields=["read_at"])
    return found


@transaction.atomic
def mark_all_read(user: User, *, until: UUID | None = None) -> int:
    """Mark everything as read, or what came no later than the one that the reader saw as the newest; how many.

    400 where `until` is none of the reader's own.
    """
    rows = visible_notifications(user).filter(read_at=None)
    if until is not None:
        newest = visible_notifications(user).filter(pk=until).first()
        if newest is None:
            raise InvalidInput.field("until", _("This is no notification of yours."))
        rows = rows.filter(created_at__lte=newest.created_at)
    return Notification.objects.filter(pk__in=rows.values("pk")).update(read_at=timezone.now())


@transaction.atomic
def choose_kinds(user: User, *, unwanted: Iterable[str]) -> list[str]:
    """Switch these kinds off and all others on; what was told before stays. 400 for a kind there is not."""
    wanted_off = set(unwanted)
    unknown = wanted_off - set(Kind.values)
    if unknown:
        told = _("There is no such kind: %(kinds)s.") % {"kinds": ", ".join(sorted(unknown))}
        raise InvalidInput.field("unwanted", told)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = unwanted_kinds(user)
    Unwanted.objects.filter(user=user).exclude(kind__in=wanted_off).delete()
    Unwanted.objects.bulk_create([Unwanted(user=user, kind=kind) for kind in sorted(wanted_off - set(before))])
    after = unwanted_kinds(user)
    if before != after:
        record(user, "user.notifications_chosen", user, before=before, after=after)
    return after
