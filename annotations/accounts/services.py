"""Writes of people: users, one-time sign-in links, API tokens."""

from uuid import UUID

from django.contrib.auth.models import update_last_login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from annotations.accounts.links import user_of_link
from annotations.accounts.models import ApiToken, User
from annotations.accounts.queries import user_named
from annotations.accounts.secrets import digest, new_secret, sign_in_tokens
from annotations.audit.services import record
from annotations.errors import InvalidInput, NotVisible


@transaction.atomic
def create_user(username: str, *, email: str = "", password: str | None = None) -> User:
    """A new user; without a password they sign in by link only. 400 for a name that is taken or not a name."""
    user = User(username=username, email=email)
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    if user_named(username):
        raise _taken(username)
    try:
        user.full_clean()
    except ValidationError as error:
        raise InvalidInput(_("The user cannot be made like this."), errors=error.message_dict) from None
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise _taken(username) from None
    record(user, "user.created", user)
    return user


@transaction.atomic
def set_password(user: User, *, password: str) -> None:
    """Give the user a (new) password. 400 where it is too weak."""
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user, "user.password_set", user)


@transaction.atomic
def show_presence(user: User, *, shown: bool) -> None:
    """Let others see in which article the user is, where a project shows that, or not."""
    user.shows_presence = shown
    user.save(update_fields=["shows_presence"])
    record(user, "user.presence_shown" if shown else "user.presence_hidden", user)


@transaction.atomic
def create_token(user: User, *, name: str = "") -> tuple[ApiToken, str]:
    """A new API token and its key, which is not stored and cannot be shown again."""
    key = new_secret()
    token = ApiToken.objects.create(user=user, name=name.strip()[:100] or "token", sha256=digest(key))
    record(user, "token.created", token, name=token.name)
    return token, key


@transaction.atomic
def revoke_token(user: User, *, token_id: UUID) -> None:
    """End one of the user's own tokens; 404 for another's."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user=user, revoked_at=None).first()
    if token is None:
        raise NotVisible
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(user, "token.revoked", token, name=token.name)


def sign_in_secret(user: User) -> str:
    """The secret of a sign-in link: good once, and for a day."""
    return f"{urlsafe_base64_encode(force_bytes(user.pk))}.{sign_in_tokens.make_token(user)}"


@transaction.atomic
def use_sign_in_secret(secret: str) -> User | None:
    """The user the secret was made for, whose link is thereby used up; None where it is no longer good."""
    found = user_of_link(secret)
    if found is None:
        return None
    # Of two uses at once the second waits here, and finds the link used up.
    User.objects.select_for_update().get(pk=found.pk)
    user = user_of_link(secret)
    if user is None:
        return None
    update_last_login(User, user)
    record(user, "user.signed_in_by_link", user)
    return user


def _taken(username: str) -> InvalidInput:
    return InvalidInput.field("username", _("The name %(name)s is taken. Choose another.") % {"name": username})


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(_("This password is too weak."), errors={"password": list(error.messages)}) from None
