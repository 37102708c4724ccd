"""The event table. Its rows are only ever added; the database refuses the rest."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7


class EventCounter(models.Model):
    """The last number given in one stream of events. Its row lock makes number order commit order."""

    stream = models.CharField(primary_key=True, max_length=80)
    last = models.BigIntegerField()


class Event(models.Model):
    """Who did what, when, to which thing, from what to what.

    A `hidden` event (a label on an open claim, a hand-in) is numbered in its actor's own stream, so that no number
    anybody else sees moves with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.CharField(max_length=80)
    number = models.BigIntegerField()
    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, null=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=64)
    # No foreign keys: a draft claim may be dismissed, what happened to it stays told.
    article_id = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    hidden = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="event_number_once")]
        indexes = [
            models.Index(fields=["project", "-at", "-id"], name="event_of_project"),
            models.Index(fields=["claim_id", "at"], name="event_of_claim", condition=models.Q(claim_id__isnull=False)),
            models.Index(
                fields=["article_id", "at"], name="event_of_article", condition=models.Q(claim_id__isnull=True)
            ),
        ]
        triggers = [pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
