"""Who has which article open. Rows are no history: each is kept fresh by a page that is open, and else expires."""

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """One person in one article, last seen there `seen_at`."""

    article = models.ForeignKey("annotations.Article", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]
