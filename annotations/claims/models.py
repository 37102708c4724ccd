"""Claims: a span of an article and the proposition it states."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

# A claim's span equals its quote, always: checked per statement, so that a bulk insert is one check.
SPAN_IS_QUOTE = """
    IF EXISTS (
        SELECT FROM new_claims c JOIN annotations_article a ON a.id = c.article_id
        WHERE substr(a.text, c.start + 1, c."end" - c.start) <> c.exact
           OR c."end" > a.length OR a.project_id <> c.project_id
    ) THEN
        RAISE EXCEPTION 'claim_span: a span must lie in its article and equal its quote'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Status(models.TextChoices):
    """Where a claim stands; PRODUCT's "way of a claim"."""

    DRAFT = "draft"
    LABELLING = "labelling"
    AGREED = "agreed"
    DISPUTED = "disputed"
    CLOSED = "closed"
    RESEARCHING = "researching"
    PROPOSED = "proposed"
    VERIFIED = "verified"
    PUBLISHED = "published"
    CHALLENGED = "challenged"
    STALE = "stale"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class Kind(models.TextChoices):
    """Whether a unit stands in the running text or is a heading."""

    SENTENCE = "sentence", "sentence"
    HEADING = "heading", "heading"


class LabelValue(models.TextChoices):
    """The three labels, then the two abstentions."""

    ATTRIBUTED = "attributed_statement"
    VERIFIABLE = "verifiable_fact"
    OPINION = "opinion"
    UNSURE = "unsure"
    NOT_A_CLAIM = "not_a_claim"


class ContentKind(models.TextChoices):
    """What kind of thing an attributed statement says."""

    FACT = "fact"
    EVALUATION = "evaluation"
    PREDICTION = "prediction"
    DIRECTIVE = "directive"
    COMMISSIVE = "commissive"


class Claim(models.Model):
    """A span `[start, end)` in code points with its exact quote, and how the claim stands.

    `label`, `content_kind`, `attribution` are the settled ones (null before); `unsettled` names those of them that
    reviewers gave differently. `version` moves with what everybody may see of the claim and never with open labels.
    """

    role: str  # the reader's role in the project, where `queries.visible_claims` fetched the row

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="claims")
    article = models.ForeignKey("annotations.Article", on_delete=models.CASCADE, related_name="claims")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    proposition = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    labelling_closed_at = models.DateTimeField(null=True)
    label = models.CharField(max_length=24, choices=LabelValue.choices, null=True)
    content_kind = models.CharField(max_length=12, choices=ContentKind.choices, null=True)
    attribution = models.JSONField(null=True)
    unsettled = models.JSONField(default=list)
    origin = models.CharField(
        max_length=12, null=True, choices=[("unanimous", "unanimous"), ("adjudicated", "adjudicated")]
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="claim_span_not_empty"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="claim_status"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "labelling"], labelling_closed_at__isnull=True)
                | ~models.Q(status__in=["draft", "labelling", "void"]) & models.Q(labelling_closed_at__isnull=False)
                | models.Q(status="void"),
                name="claim_open_or_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "start", "end", "id"], name="claim_in_text_order"),
            models.Index(fields=["project", "status", "id"], name="claim_by_status"),
            models.Index(
                fields=["article", "start", "end", "id"],
                name="claim_open_in_text_order",
                condition=models.Q(status="labelling"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="claim_span_inserted",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_claims"),  # type: ignore[no-untyped-call]  # the library's
                func=SPAN_IS_QUOTE,
            ),
            pgtrigger.Trigger(
                name="claim_span_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("start", "end", "exact", "article", "project"),
                func="""
                    IF OLD.status <> 'draft'
                       OR (NEW.article_id, NEW.project_id) IS DISTINCT FROM (OLD.article_id, OLD.project_id) THEN
                        RAISE EXCEPTION 'claim_span_fixed: the span of an opened claim is fixed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT FROM annotations_article a WHERE a.id = NEW.article_id
                                   AND substr(a.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact) THEN
                        RAISE EXCEPTION 'claim_span: a span must lie in its article and equal its quote'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
