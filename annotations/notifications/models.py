"""Notifications, and the kinds that people do not want."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class Kind(models.TextChoices):
    """What people are told of. None of these tells of labels of a claim that is open for labelling."""

    MENTIONED = "mentioned"
    VERDICT_PROPOSED = "verdict_proposed"
    CHANGES_REQUESTED = "changes_requested"
    VERDICT_APPROVED = "verdict_approved"
    ASSIGNED = "assigned"
    DECIDED = "decided"
    RELEASE_PUBLISHED = "release_published"
    WORK_GIVEN = "work_given"


class Notification(models.Model):
    """One thing that somebody did and that concerns one other person: of a claim, of a release, or of the project."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey("annotations.Claim", on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey("annotations.Comment", on_delete=models.CASCADE, null=True, related_name="+")
    release = models.ForeignKey("annotations.Release", on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notification_kind"),
            models.CheckConstraint(
                condition=Q(kind="release_published", release__isnull=False, claim__isnull=True)
                | Q(kind="work_given", release__isnull=True, claim__isnull=True)
                | ~Q(kind__in=["release_published", "work_given"]) & Q(claim__isnull=False, release__isnull=True),
                name="notification_of_what_its_kind_says",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_of_person"),
            models.Index(fields=["recipient"], name="notification_unread", condition=Q(read_at__isnull=True)),
        ]


class Unwanted(models.Model):
    """A kind that a person does not want to be told of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unwanted_kinds")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="unwanted_once")]
