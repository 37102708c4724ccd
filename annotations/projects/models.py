"""Projects, their members, and invitations to them."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from uuid_utils.compat import uuid7


class Role(models.TextChoices):
    """The ladder: each may do what those before may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    MANAGER = "manager"


class Distribution(models.TextChoices):
    """Who labels what: everybody every open claim, or each what is assigned to them."""

    OPEN = "open"
    ASSIGNED = "assigned"


class Project(models.Model):
    """A team's workspace. Its rules are frozen (`rules_frozen_at`) when the first article is opened.

    `distribution` is no such rule: it says how work is handed out from now on.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    labels_per_claim = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    blind = models.BooleanField(default=True)
    four_eyes = models.BooleanField(default=True)
    # Whether members see who else is in an article; no rule of labelling, so it can change at any time.
    presence = models.BooleanField(default=False)
    # Whether who labels goes through the gold claims first; it can change at any time.
    training = models.BooleanField(default=False)
    # Whether releases that are frozen from now on have pages that everybody can read; none is shown while it is off.
    public = models.BooleanField(default=False)
    # After how many days a verdict has to be looked at again; never, where there is none.
    verdict_days = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )
    # What the person who approves a verdict ticks first, sentence by sentence.
    checklist = models.JSONField(default=list)
    rules_frozen_at = models.DateTimeField(null=True)
    distribution = models.CharField(max_length=10, choices=Distribution.choices, default=Distribution.OPEN)
    codebook = models.ForeignKey("annotations.Codebook", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(labels_per_claim__gte=1, labels_per_claim__lte=20), name="project_labels_per_claim"
            ),
            models.CheckConstraint(
                condition=models.Q(distribution__in=Distribution.values), name="project_distribution"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="project_rules_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.rules_frozen_at IS NOT NULL AND (OLD.blind, OLD.four_eyes, OLD.labels_per_claim,"
                    " OLD.rules_frozen_at) IS DISTINCT FROM (NEW.blind, NEW.four_eyes, NEW.labels_per_claim,"
                    " NEW.rules_frozen_at)"
                ),
            )
        ]


class Membership(models.Model):
    """One person's one role in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
        ]


class Invitation(models.Model):
    """A link that makes one person a member. Only the SHA-256 of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
