"""Codebook versions. A version never changes once written; a new rule is a new version."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7


class Codebook(models.Model):
    """One version of a project's guidelines. `rules` is a list of `{id, text}`; `again` names the labels that its new
    rules ask to look at again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="codebooks")
    version = models.CharField(max_length=30)
    language = models.CharField(max_length=35, default="en")
    text = models.TextField()
    rules = models.JSONField(default=list)
    again = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="codebook_version_once")]
        triggers = [pgtrigger.Protect(name="codebook_frozen", operation=pgtrigger.Update)]
