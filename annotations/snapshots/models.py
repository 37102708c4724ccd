"""Snapshots: what our fetcher received at one time, or what a person uploaded."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

WENT_WRONG = Q(state__in=["refused", "failed"])
WAITING = Q(state__in=["queued", "fetching"])


class Snapshot(models.Model):
    """One capture. All its bytes are one stored WARC file; `text` is what was read out of it.

    `source` is the document it was taken of. `claim` is set while that document is known only from evidence on this
    claim: whoever may not see that evidence may not know of the snapshot. Offsets are code points of `text`.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        FETCHING = "fetching"
        FETCHED = "fetched"
        REFUSED = "refused"
        FAILED = "failed"
        UPLOADED = "uploaded"

    WAITING = (State.QUEUED, State.FETCHING)
    KEPT = (State.FETCHED, State.UPLOADED)

    class Purpose(models.TextChoices):
        """Why it was taken."""

        SOURCE = "source"
        RECHECK = "recheck"
        ARTICLE = "article"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="snapshots")
    source = models.ForeignKey("annotations.Source", on_delete=models.PROTECT, null=True, related_name="snapshots")
    claim = models.ForeignKey("annotations.Claim", on_delete=models.PROTECT, null=True, related_name="+")
    job = models.OneToOneField("annotations.Job", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.SOURCE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.JSONField(null=True)  # a packed message
    url = models.URLField(max_length=2000, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    final_url = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    media_type = models.CharField(max_length=200, blank=True)
    hops = models.JSONField(default=list)
    fetcher = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    draft_sha256 = models.CharField(max_length=64, blank=True)
    warc_sha256 = models.CharField(max_length=64, blank=True)
    warc_size = models.PositiveBigIntegerField(null=True)

    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    text_note = models.JSONField(null=True)  # a packed message: why there is no text
    title = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True)
    language = models.CharField(max_length=35, blank=True)

    links = models.JSONField(default=list)  # a feed's entries: url, title, published_on

    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "fetching", "fetched", "refused", "failed", "uploaded"]),
                name="snapshot_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "failed"]) | Q(reason__isnull=False), name="snapshot_reason_told"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["fetched", "uploaded"]) | (~Q(warc_sha256="") & ~Q(sha256="")),
                name="snapshot_kept_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "fetching"]) | (Q(ended_at__isnull=False) & ~Q(seal="")),
                name="snapshot_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "requested_at", "id"], name="snapshot_of_source"),
            models.Index(
                fields=["project", "requested_at"],
                name="snapshot_went_wrong",
                condition=WENT_WRONG,
            ),
            models.Index(fields=["requested_at"], name="snapshot_waiting", condition=WAITING),
        ]
        triggers = [
            pgtrigger.Protect(
                name="snapshot_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state__in=["queued", "fetching"]),
            )
        ]


class Attestation(models.Model):
    """Somebody else's word for a snapshot: a timestamp token over its WARC file, or a copy in an outside archive."""

    class Kind(models.TextChoices):
        TIMESTAMP = "timestamp"
        ARCHIVE = "archive"

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="attestations")
    job = models.OneToOneField("annotations.Job", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    service = models.URLField(max_length=2000)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    reason = models.JSONField(null=True)  # a packed message: why it failed, or why it has to wait
    tries = models.PositiveSmallIntegerField(default=0)
    ticket = models.CharField(max_length=200, blank=True)  # by which an archive knows what it was asked
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    token = models.BinaryField(null=True)  # the answer of the timestamp authority (RFC 3161, DER)
    attested_at = models.DateTimeField(null=True)  # by the clock of the service
    copy = models.URLField(max_length=4000, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["timestamp", "archive"], state__in=["pending", "done", "failed"]),
                name="attestation_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(attested_at__isnull=False) & (Q(token__isnull=False) | ~Q(copy=""))),
                name="attestation_has_its_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | Q(reason__isnull=False), name="attestation_reason_told"
            ),
            models.CheckConstraint(
                condition=Q(state="pending") | (Q(ended_at__isnull=False) & ~Q(seal="")), name="attestation_sealed"
            ),
            models.UniqueConstraint(
                fields=["snapshot", "kind"], condition=~Q(state="failed"), name="attestation_once_of_a_kind"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="attestation_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="pending"),
            )
        ]


class HostPace(models.Model):
    """When a host may be asked again; one row for all processes."""

    host = models.CharField(max_length=255, primary_key=True)
    free_at = models.DateTimeField()
