"""Files of other tools, as they came, and how they are to be read."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7


class Import(models.Model):
    """One file that was sent to be brought in; its bytes are the stored object with this SHA-256.

    It is looked at first; `job` is what brings it in, once somebody has said so. `names` says what label names of the
    file mean here (null: leave spans that are called only so out), `unit` what its offsets count where that is not
    what its form says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="imports")
    job = models.OneToOneField("annotations.Job", on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, blank=True)
    names = models.JSONField(default=dict)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="import_file_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("form", "sha256", "size", "created_by"),
            )
        ]
