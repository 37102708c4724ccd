"""Verdicts and what they are about; a `Check` is how one aspect of one claim stands."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from annotations.claims.models import Status


class Aspect(models.TextChoices):
    """The two questions: was it said, and is it true?"""

    ATTRIBUTION = "attribution"
    CONTENT = "content"


ATTRIBUTION_VERDICTS = (
    "accurate",
    "accurate_paraphrase",
    "altered",
    "out_of_context",
    "misattributed",
    "not_found",
    "unverifiable_source",
)
CONTENT_VERDICTS = ("supported", "refuted", "mixed", "not_enough_evidence", "outdated", "pending", "not_checkable")
VERDICTS = {Aspect.ATTRIBUTION: ATTRIBUTION_VERDICTS, Aspect.CONTENT: CONTENT_VERDICTS}

MOST_PARTS = 12

# Who proposes a verdict does not approve it, by the project's frozen rule.
APPROVER_IS_ANOTHER = """
    IF NEW.status = 'approved' AND NEW.reviewed_by_id = NEW.proposed_by_id AND EXISTS (
        SELECT FROM annotations_claim c JOIN annotations_project p ON p.id = c.project_id
        WHERE c.id = NEW.claim_id AND p.four_eyes
    ) THEN
        RAISE EXCEPTION 'verdict_four_eyes: who proposes a verdict does not approve it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

# What is said of a part is said of the claim it is a part of.
OF_ITS_CLAIM = """
    IF NEW.part_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM annotations_part p WHERE p.id = NEW.part_id AND p.claim_id = NEW.claim_id
    ) THEN
        RAISE EXCEPTION 'of_its_claim: the part is another claim''s' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

# A compound claim has no open or standing verdict on its content but those of its parts.
FOLLOWS_FROM_PARTS = """
    IF NEW.aspect = 'content' AND NEW.part_id IS NULL AND NEW.status IN ('proposed', 'approved') AND EXISTS (
        SELECT FROM annotations_part p WHERE p.claim_id = NEW.claim_id
    ) THEN
        RAISE EXCEPTION 'verdict_follows_from_parts: the content of this claim is judged in its parts'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
NOT_JUDGED_WHOLE = """
    IF EXISTS (
        SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.claim_id AND v.aspect = 'content'
        AND v.part_id IS NULL AND v.status IN ('proposed', 'approved')
    ) THEN
        RAISE EXCEPTION 'part_of_unjudged: the content of this claim has a verdict of its own'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# One part is no decomposition. Looked at when everything is written.
ONE_OF_SEVERAL = """
    IF (SELECT count(*) FROM annotations_part p WHERE p.claim_id = COALESCE(NEW.claim_id, OLD.claim_id)) = 1 THEN
        RAISE EXCEPTION 'part_of_several: a claim has no part, or two and more' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Part(models.Model):
    """One of the things a compound claim says, in one stand-alone sentence. Its content is checked on its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    proposition = models.TextField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="part_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=MOST_PARTS), name="part_position"),
            models.CheckConstraint(condition=~Q(proposition=""), name="part_proposition"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="part_of_unjudged",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOT_JUDGED_WHOLE,
            ),
            pgtrigger.Trigger(
                name="part_of_several",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=ONE_OF_SEVERAL,
            ),
        ]


class Verdict(models.Model):
    """The answer for one aspect of one claim, of a compound one for each part: proposed by one person, approved by
    another."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CHANGES_REQUESTED = "changes_requested"
        APPROVED = "approved"
        SUPERSEDED = "superseded"
        TAKEN_BACK = "taken_back"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="verdicts")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="verdicts")
    verdict = models.CharField(max_length=24)
    explanation = models.TextField()
    as_of = models.DateField()
    search_note = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_reason = models.TextField(blank=True)
    checked = models.JSONField(default=list)  # what was ticked of the project's checklist, as it read

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(aspect="attribution", verdict__in=ATTRIBUTION_VERDICTS)
                | Q(aspect="content", verdict__in=CONTENT_VERDICTS),
                name="verdict_word",
            ),
            models.UniqueConstraint(
                fields=["claim", "aspect", "part"],
                condition=Q(status="proposed"),
                nulls_distinct=False,
                name="verdict_proposed_once",
            ),
            models.UniqueConstraint(
                fields=["claim", "aspect", "part"],
                condition=Q(status="approved"),
                nulls_distinct=False,
                name="verdict_approved_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="verdict_approved_by_somebody",
            ),
            models.CheckConstraint(condition=Q(part=None) | Q(aspect="content"), name="verdict_part_of_content"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="verdict_four_eyes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=APPROVER_IS_ANOTHER,
            ),
            pgtrigger.Trigger(
                name="verdict_of_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OF_ITS_CLAIM,
            ),
            pgtrigger.Trigger(
                name="verdict_follows_from_parts",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FOLLOWS_FROM_PARTS,
            ),
            pgtrigger.Protect(name="verdict_kept", operation=pgtrigger.Delete),
        ]

    @property
    def place(self) -> str:
        """Where it stands on the page of its claim; `part` is fetched with it."""
        return f"part-{self.part.position}" if self.part else f"aspect-{self.aspect}"


class Check(models.Model):
    """How one aspect of one claim stands, from researching to withdrawn; there is none before research begins."""

    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="checks")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RESEARCHING)
    status_since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "aspect"], name="check_once_per_aspect")]


class Likeness(models.Model):
    """What a person said of a claim and one that was checked before and reads alike: that they say the same, or not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="likenesses")
    other = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "other"], name="likeness_once"),
            models.CheckConstraint(condition=~Q(claim=models.F("other")), name="likeness_of_two"),
        ]


class Priority(models.IntegerChoices):
    """How urgent the checking of a claim is."""

    LOW = 1
    NORMAL = 2
    HIGH = 3


class Plan(models.Model):
    """Who checks a claim, how urgent it is, by when. Its `version` is its own: a claim does not change by its plan."""

    claim = models.OneToOneField("annotations.Claim", on_delete=models.PROTECT, primary_key=True, related_name="plan")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    due_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(priority__in=Priority.values), name="plan_priority")]
        indexes = [models.Index(fields=["assignee"], name="plan_of_assignee", condition=Q(assignee__isnull=False))]
