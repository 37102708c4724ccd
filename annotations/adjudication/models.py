"""Decisions on claims that reviewers could not settle."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from annotations.claims.models import ContentKind, LabelValue

# Who labelled a claim does not decide it, by the project's frozen rule.
NOT_A_LABELLER = """
    IF EXISTS (
        SELECT FROM annotations_claim c JOIN annotations_project p ON p.id = c.project_id
        JOIN annotations_labelrevision r ON r.claim_id = c.id AND r.reviewer_id = NEW.adjudicator_id
        WHERE c.id = NEW.claim_id AND p.four_eyes
    ) THEN
        RAISE EXCEPTION 'decision_four_eyes: who labelled a claim does not decide it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


# Nor does who labelled a claim say that its label stays.
KEPT_BY_ANOTHER = NOT_A_LABELLER.replace("adjudicator_id", "looked_by_id").replace(
    "decision_four_eyes: who labelled a claim does not decide it",
    "second_look_four_eyes: who labelled a claim does not say that its label stays",
)


class Decision(models.Model):
    """An adjudicator's settlement of a claim's label, with the reason. A later one supersedes an earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="decisions")
    adjudicator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=24, choices=LabelValue.choices)
    content_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    attribution = models.JSONField(null=True)
    reason = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="decision_reason"),
            models.CheckConstraint(condition=~models.Q(label="unsure"), name="decision_settles"),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="decision_four_eyes", when=pgtrigger.Before, operation=pgtrigger.Insert, func=NOT_A_LABELLER
            ),
        ]


class SecondLook(models.Model):
    """That somebody looked at a closed claim again under a version of the codebook: its label stays, or the claim was
    moved (decided, challenged or reopened)."""

    class Outcome(models.TextChoices):
        STAYS = "stays"
        MOVED = "moved"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="second_looks")
    codebook = models.ForeignKey("annotations.Codebook", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "codebook"], name="second_look_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=["stays", "moved"]), name="second_look_outcome"),
        ]
        triggers = [
            pgtrigger.Protect(name="second_look_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="second_look_four_eyes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__outcome="stays"),
                func=KEPT_BY_ANOTHER,
            ),
        ]
