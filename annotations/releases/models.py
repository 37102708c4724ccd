"""Releases and their files. A published release never changes."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7


class Release(models.Model):
    """A frozen, numbered, checksummed claim set.

    The row is made when the release is asked for, so that a build begun anew has the same time, title and pseudonym
    key; `number` and `public_id` (derived from the content) come with publication. One that was made elsewhere and
    imported (`imported_at`) has no job, and no key of its pseudonyms.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="releases")
    job = models.OneToOneField("annotations.Job", on_delete=models.PROTECT, null=True, related_name="+")
    public_id = models.CharField(max_length=64, null=True, unique=True)
    number = models.PositiveIntegerField(null=True)
    # Its page for everybody, as its files name it; null where it was frozen while the project showed nothing.
    public_url = models.CharField(max_length=300, null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300)
    license = models.CharField(max_length=100)
    filter = models.JSONField(default=dict)
    text_included = models.BooleanField(default=True)
    pseudonym_key = models.BinaryField()
    frozen_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="release_number_once"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, number__isnull=True, public_id__isnull=True)
                | Q(published_at__isnull=False, number__isnull=False, public_id__isnull=False),
                name="release_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(job__isnull=False, imported_at__isnull=True)
                | Q(job__isnull=True, imported_at__isnull=False, published_at__isnull=False),
                name="release_made_or_imported",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="release_published_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]


class Withdrawal(models.Model):
    """That a release was taken back, and why; the release itself never changes."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_reason")]
        triggers = [pgtrigger.Protect(name="withdrawal_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]


class ReleasedClaim(models.Model):
    """Where a claim stands in a release's native form: its record with what was said of it, and its article's record.

    Offsets and sizes are bytes. The claim is named by its id alone: that of an imported release is no row here.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="claims")
    claim = models.UUIDField()
    article_at = models.PositiveBigIntegerField()
    at = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "claim"], name="released_claim_once"),
            models.UniqueConstraint(fields=["release", "at"], name="released_claim_place"),
        ]
        triggers = [pgtrigger.Protect(name="released_claim_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]


class ReleaseFile(models.Model):
    """One file of a release; its bytes are the stored object with this SHA-256."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="release_file_once")]
        triggers = [pgtrigger.Protect(name="release_file_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]
