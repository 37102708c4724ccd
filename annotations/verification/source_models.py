"""Sources, the evidence that uses them, and the marks they leave where they change."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from annotations.verification.models import OF_ITS_CLAIM, Aspect, Part


class Stance(models.TextChoices):
    """What a source does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Tier(models.TextChoices):
    """How near a source is to the matter, for this claim."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


# A quote is what stands at its place in the snapshot, which is one of its source.
QUOTE_EXACT = """
    IF NEW.snapshot_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM annotations_snapshot s WHERE s.id = NEW.snapshot_id AND s.source_id = NEW.source_id
        AND s.state IN ('fetched', 'uploaded')
        AND substring(s.text FROM NEW.quote_start + 1 FOR NEW.quote_end - NEW.quote_start) = NEW.quote
    ) THEN
        RAISE EXCEPTION 'evidence_quote_exact: the snapshot has other words at this place'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Source(models.Model):
    """An outside document. `listed` sources were added to the project itself; others became known by their evidence.

    `standing` is how it was found when it was looked at last; it is looked at again from `next_check_at` on.
    """

    class Standing(models.TextChoices):
        UNSEEN = "unseen"
        SAME = "same"
        CHANGED = "changed"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    listed = models.BooleanField(default=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.UNSEEN)
    failures = models.PositiveSmallIntegerField(default=0)
    next_check_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | ~Q(title=""), name="source_named"),
            models.CheckConstraint(
                condition=Q(standing__in=["unseen", "same", "changed", "dead"]), name="source_standing"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "created_at", "id"], name="source_of_project"),
            models.Index(fields=["next_check_at"], name="source_due", condition=Q(next_check_at__isnull=False)),
        ]


class Evidence(models.Model):
    """A source used for one aspect of one claim, or for the content of one of its parts.

    Sources of one `set` hold together; sets are alternatives. With a `snapshot`, the quote stands in its text from
    `quote_start` to `quote_end` (code points, end exclusive). `interest` says what the source gains by being believed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="evidence")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    quote = models.TextField(blank=True)
    snapshot = models.ForeignKey("annotations.Snapshot", on_delete=models.PROTECT, null=True, related_name="+")
    quote_start = models.PositiveIntegerField(null=True)
    quote_end = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    interest = models.TextField(blank=True)
    set = models.PositiveSmallIntegerField(default=1)
    independence_group = models.CharField(max_length=100, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="evidence_aspect"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="evidence_stance"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="evidence_tier"),
            models.CheckConstraint(condition=Q(part=None) | Q(aspect="content"), name="evidence_part_of_content"),
            models.CheckConstraint(
                condition=Q(snapshot=None, quote_start=None, quote_end=None)
                | Q(snapshot__isnull=False, quote_start__lt=models.F("quote_end")),
                name="evidence_place_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="evidence_quote_exact",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=QUOTE_EXACT,
            ),
            pgtrigger.Trigger(
                name="evidence_of_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OF_ITS_CLAIM,
            ),
        ]


class StaleMark(models.Model):
    """Why one aspect of a claim is stale: a source that changed or died since, or a verdict that is too old.

    `before` and `after` are the snapshots that differ. It is cleared by what a person then does with the claim.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed"
        DEAD = "dead"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="stale_marks")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey("annotations.Snapshot", on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey("annotations.Snapshot", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_by_move = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "aspect", "source", "after"], name="stale_once", condition=Q(source__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["claim", "aspect", "source"],
                name="stale_open_once",
                nulls_distinct=False,
                condition=Q(cleared_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(kind="expired", source=None) | Q(kind__in=["changed", "dead"], source__isnull=False),
                name="stale_kind",
            ),
        ]
        indexes = [models.Index(fields=["claim"], name="stale_open", condition=Q(cleared_at__isnull=True))]
