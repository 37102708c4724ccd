"""Reads of users and tokens."""

from django.db.models import QuerySet

from annotations.accounts.models import ApiToken, User


def user_named(name: str) -> User | None:
    """The user of this name, in any case of letters."""
    return User.objects.filter(username__iexact=name).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A user's tokens that are not revoked, newest first."""
    return ApiToken.objects.filter(user=user, revoked_at=None).order_by("-created_at")
