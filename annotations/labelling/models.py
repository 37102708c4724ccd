"""Labels. A `Label` is one reviewer's place on one claim; what they said there are its revisions, only ever added."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from annotations.claims.models import ContentKind, LabelValue
from annotations.labelling.content import ABSTENTIONS

MOST_SECONDS = 86_400
IN_ITS_PROJECT = """
    IF NOT EXISTS (SELECT FROM annotations_article a WHERE a.id = NEW.article_id AND a.project_id = NEW.project_id)
       OR NEW.claim_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM annotations_claim c WHERE c.id = NEW.claim_id AND c.article_id = NEW.article_id) THEN
        RAISE EXCEPTION 'assignment_in_its_project: a claim lies in its article, an article in its project'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


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


class OutsideLabel(models.Model):
    """What somebody said of a span in another tool: no label of this project, and it counts for nothing here.

    `name` is what the label was called there, `label` which of ours that means, where it can be known. It speaks of
    the span from `start` to `end`, so it is the claim's only as long as the claim has that span. Not made blind here,
    it is shown to nobody before labelling of the claim has closed.
    """

    claim = models.ForeignKey("annotations.Claim", on_delete=models.CASCADE, related_name="outside_labels")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    annotator = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    label = models.CharField(max_length=24, choices=LabelValue.choices, null=True)
    origin = models.CharField(max_length=20)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "annotator", "name", "origin"], name="outside_label_once"),
            models.CheckConstraint(
                condition=models.Q(label__isnull=True) | models.Q(label__in=LabelValue.values),
                name="outside_label_value",
            ),
        ]


class Assignment(models.Model):
    """One reviewer's place in an article (`claim` null: all of it, also claims added later), or on one claim.

    A `taken` place is a lease until `expires_at`; `finished_at` is when its reviewer handed in the last of it,
    which nobody else's queue or plan may depend on. `seed` is that of the plan a `balanced` place is from.
    """

    class Origin(models.TextChoices):
        BY_HAND = "by_hand"
        BALANCED = "balanced"
        TAKEN = "taken"

    stands: bool  # whether it keeps its place, where `holding.places_in` fetched the row

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="assignments")
    article = models.ForeignKey("annotations.Article", on_delete=models.CASCADE, related_name="assignments")
    claim = models.ForeignKey("annotations.Claim", on_delete=models.CASCADE, null=True, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    seed = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "reviewer"], condition=models.Q(claim=None), name="assignment_of_article_once"
            ),
            models.UniqueConstraint(
                fields=["claim", "reviewer"], condition=~models.Q(claim=None), name="assignment_of_claim_once"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="by_hand", seed=None, expires_at=None)
                | models.Q(origin="balanced", seed__isnull=False, expires_at=None)
                | models.Q(origin="taken", seed=None, expires_at__isnull=False),
                name="assignment_origin",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "article", "claim"], name="assignment_of_reviewer"),
            models.Index(fields=["project", "article"], name="assignment_in_project"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assignment_in_its_project",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=IN_ITS_PROJECT,
            )
        ]
