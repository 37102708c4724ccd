"""Reads of projects and members: nobody learns of a project they do not belong to."""

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.errors import NotVisible
from annotations.projects.models import Invitation, Membership, Project, Role

Person = User


def memberships_of(user: Person) -> QuerySet[Membership]:
    """The user's memberships with their projects, by project name."""
    return Membership.objects.filter(user_id=user.pk).select_related("project__codebook").order_by("project__name")


def membership_in(user: Person, slug: str) -> Membership:
    """The user's membership in the project, which says both what the project is and what they may do; else 404."""
    try:
        return memberships_of(user).get(project__slug=slug)
    except Membership.DoesNotExist:
        raise NotVisible from None


def locked_project(project_id: int) -> Project:
    """The project's row, held until the transaction ends."""
    return Project.objects.select_for_update(no_key=True).get(pk=project_id)


def members(project: Project) -> QuerySet[Membership]:
    """Everybody in the project, by name."""
    return Membership.objects.filter(project=project).select_related("user").order_by("user__username")


def managers(project: Project) -> QuerySet[Membership]:
    """The members who are managers."""
    return members(project).filter(role=Role.MANAGER)


def open_invitations(project: Project) -> QuerySet[Invitation]:
    """Invitations neither accepted nor revoked, newest first."""
    rows = Invitation.objects.filter(project=project, accepted_at=None, revoked_at=None)
    return rows.select_related("invited_by").order_by("-created_at")
