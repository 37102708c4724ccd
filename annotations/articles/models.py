"""Articles: a text that never changes, and what is known of where it came from."""

import pgtrigger
from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7


class Article(models.Model):
    """One text. Offsets everywhere are Unicode code points of `text`; `sha256` is of its UTF-8."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"

    role: str  # the reader's role in the project, where `queries.visible_articles` fetched the row

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="articles")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, default="en")
    # What it was read out of, where it came by address or as a document.
    snapshot = models.ForeignKey("annotations.Snapshot", on_delete=models.PROTECT, null=True, related_name="articles")
    # The article of which this is a newer text.
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="newer")
    splitter = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    captured_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="article_text_once"),
            models.CheckConstraint(condition=models.Q(status__in=["draft", "open", "closed"]), name="article_status"),
        ]
        indexes = [models.Index(fields=["project", "created_at", "id"], name="article_of_project")]
        triggers = [
            pgtrigger.Protect(
                name="article_text_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("text", "sha256", "length"),
            )
        ]


class Original(models.Model):
    """What was received for an article, untouched, with its own SHA-256."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="original")
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100, default="text/plain; charset=utf-8")

    class Meta:
        triggers = [pgtrigger.Protect(name="original_fixed", operation=pgtrigger.Update)]
