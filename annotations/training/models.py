"""Gold claims, the rounds of the members over them, and what was answered there."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from uuid_utils.compat import uuid7

from annotations.claims.models import ContentKind, LabelValue

# substr counts code points from 1, as the offsets do from 0.
EXACT = """
    IF substr(NEW.text, NEW.start + 1, NEW."end" - NEW.start) IS DISTINCT FROM NEW.exact THEN
        RAISE EXCEPTION 'gold_claim_exact: the words stand in the passage' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class GoldClaim(models.Model):
    """A passage, the claim in it (`text[start:end] == exact`, code points), what it is, and why.

    Removed ones stay (`removed_at`), for what was answered to them stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="gold_claims")
    position = models.PositiveIntegerField()
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    language = models.CharField(max_length=35, blank=True)
    label = models.CharField(max_length=24, choices=LabelValue.choices)
    content_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    why = models.TextField()
    rule = models.CharField(max_length=30, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="gold_claim_span"),
            models.CheckConstraint(condition=models.Q(label__in=LabelValue.values), name="gold_claim_label"),
            models.CheckConstraint(
                condition=models.Q(label=LabelValue.ATTRIBUTED) | models.Q(content_kind=None), name="gold_claim_kind"
            ),
        ]
        indexes = [models.Index(fields=["project", "position"], name="gold_claim_of_project")]
        triggers = [
            pgtrigger.Trigger(
                name="gold_claim_exact",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=EXACT,
            )
        ]


class TrainingRound(models.Model):
    """One member's way through the gold claims that were there when it began (`claims`, in order)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="training_rounds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    claims = ArrayField(models.UUIDField())
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "number"], name="training_round_once"),
            models.UniqueConstraint(
                fields=["project", "user"], condition=models.Q(finished_at=None), name="training_round_open_once"
            ),
        ]


class TrainingAnswer(models.Model):
    """What was said of one gold claim in one round, and what was gold and why when it was said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(TrainingRound, on_delete=models.PROTECT, related_name="answers")
    claim = models.ForeignKey(GoldClaim, on_delete=models.PROTECT, related_name="answers")
    label = models.CharField(max_length=24, choices=LabelValue.choices)
    content_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    gold_label = models.CharField(max_length=24, choices=LabelValue.choices)
    gold_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    why = models.TextField()
    rule = models.CharField(max_length=30, blank=True)
    right = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "claim"], name="training_answer_once")]
        triggers = [
            pgtrigger.Protect(name="training_answer_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
