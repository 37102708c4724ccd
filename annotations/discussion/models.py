"""Comments on claims, and the texts they had before they were edited."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

# Nobody talks about a claim that is open for labelling: the others would learn what is thought of it.
ONLY_AFTER_LABELLING = """
    IF NOT EXISTS (SELECT FROM annotations_claim c WHERE c.id = NEW.claim_id AND c.labelling_closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'comment_after_labelling: a claim is discussed once its labelling has closed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Comment(models.Model):
    """What one person said of a claim. A removed one stays as a marker, without its words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True) & ~Q(text="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, text=""),
                name="comment_says_something_or_is_removed",
            )
        ]
        indexes = [models.Index(fields=["claim", "created_at", "id"], name="comment_of_claim")]
        triggers = [
            pgtrigger.Trigger(
                name="comment_after_labelling",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONLY_AFTER_LABELLING,
            )
        ]


class EarlierText(models.Model):
    """What a comment said as `version`, written at `written_at`, until it was edited."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="comment_version_once")]
