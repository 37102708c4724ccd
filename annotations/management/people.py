"""Who does what a command does."""

from django.core.management.base import CommandError

from annotations.accounts.models import User
from annotations.projects.models import Project
from annotations.projects.queries import managers


def manager_of(slug: str, username: str | None) -> User:
    """The user named, or the project's first manager; CommandError where there is none."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise CommandError(f"There is no project {slug}.")
    first = managers(project).order_by("created_at").first()
    user = User.objects.filter(username=username).first() if username else first.user if first else None
    if user is None:
        raise CommandError(f"There is no user {username or 'who manages it'}.")
    return user
