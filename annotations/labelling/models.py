"""Labels. A `Label` is one reviewer's place on one claim; what they said there are its revisions, only ever added."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from annotations.claims.models import ContentKind, LabelValue
from annotations.labelling.content import ABSTENTIONS

MOST_SECONDS = 86_400


class Label(models.Model):
    """One current label for each reviewer and claim.

    `current` is what the reviewer says now, `counted` what they said when labelling of the claim closed (null while it
    is open); `handed_in_at` fixes the label while the claim is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="labels")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    current = models.ForeignKey("annotations.LabelRevision", on_delete=models.PROTECT, null=True, related_name="+")
    counted = models.ForeignKey("annotations.LabelRevision", on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "reviewer"], name="label_once_per_reviewer")]
        indexes = [models.Index(fields=["reviewer", "claim"], name="label_of_reviewer")]


class LabelRevision(models.Model):
    """What a reviewer said at one time, under one version of the codebook.

    `seconds` is how long they had been active on the claim until then, in all (null where nobody counted).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="label_revisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=24, choices=LabelValue.choices)
    content_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    attribution = models.JSONField(null=True)
    flags = models.JSONField(default=list)
    confidence = models.PositiveSmallIntegerField(null=True)
    rationale = models.TextField(blank=True)
    rule = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    seconds = models.PositiveIntegerField(null=True)
    codebook = models.ForeignKey("annotations.Codebook", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "reviewer", "number"], name="label_revision_once"),
            models.CheckConstraint(condition=models.Q(label__in=LabelValue.values), name="label_value"),
            models.CheckConstraint(
                condition=~models.Q(label__in=ABSTENTIONS) | ~models.Q(reason=""), name="label_abstention_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(label=LabelValue.ATTRIBUTED)
                | models.Q(content_kind__isnull=True, attribution__isnull=True),
                name="label_attribution_only_attributed",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=1, confidence__lte=5),
                name="label_confidence",
            ),
            models.CheckConstraint(
                condition=models.Q(seconds__isnull=True) | models.Q(seconds__lte=MOST_SECONDS), name="label_seconds"
            ),
        ]
        triggers = [pgtrigger.Protect(name="label_revision_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
