"""Reads of codebooks."""

from django.db.models import QuerySet

from annotations.codebooks.models import Codebook
from annotations.projects.models import Project


def codebooks_of(project: Project) -> QuerySet[Codebook]:
    """Every version, newest first."""
    return Codebook.objects.filter(project=project).select_related("created_by").order_by("-created_at", "-id")
