"""What was answered to writes that carried an `Idempotency-Key`."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class IdempotencyKey(models.Model):
    """One key of one person, and the answer its first run got.

    A committed row always has its answer (`status` is set): the row is inserted and answered in one transaction.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=10)
    path = models.TextField()
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]
        # Rows arrive in order of time, and only the purge asks for it: a few bytes a page instead of a tree.
        indexes = [BrinIndex(fields=["created_at"], name="idempotency_key_age")]
