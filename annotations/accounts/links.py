"""Whom a one-time sign-in link is for, without using it up."""

from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode

from annotations.accounts.models import User
from annotations.accounts.secrets import sign_in_tokens


def user_of_link(secret: str) -> User | None:
    """The user whose link this is and may still be used; None where it was used, is too old or was never made."""
    person, _, token = secret.partition(".")
    try:
        key = int(force_str(urlsafe_base64_decode(person)))
    except ValueError:
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return user if user and sign_in_tokens.check_token(user, token) else None
