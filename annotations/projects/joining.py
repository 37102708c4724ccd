"""Joining a project as somebody new: the account and the membership come together or not at all."""

from django.db import transaction

from annotations.accounts.models import User
from annotations.accounts.services import create_user
from annotations.projects.models import Project
from annotations.projects.services import accept_invitation, invitation_of


@transaction.atomic
def join_as_newcomer(*, secret: str, username: str, password: str) -> tuple[User, Project]:
    """A new user who is a member by the invitation. 404 where it is no longer good, 400 for name or password."""
    invitation_of(secret)
    user = create_user(username, password=password)
    return user, accept_invitation(user, secret=secret)
