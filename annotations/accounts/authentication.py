"""How a program says who it is: `Authorization: Token KEY`."""

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import TokenAuthentication as SentToken
from rest_framework.exceptions import AuthenticationFailed

from annotations.accounts.models import ApiToken, User
from annotations.accounts.secrets import digest


class TokenAuthentication(SentToken):
    """Finds the user by the SHA-256 of the key that was sent."""

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        """The user and token; 401 for an unknown or revoked key, or a user who was switched off."""
        token = ApiToken.objects.select_related("user").filter(sha256=digest(key), revoked_at=None).first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_("This token is not valid. Make a new one on your account page."))
        return token.user, token
