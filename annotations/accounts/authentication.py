"""How a program says who it is: `Authorization: Token KEY`."""

from django.db import connection
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import TokenAuthentication as SentToken
from rest_framework.exceptions import AuthenticationFailed

from annotations.accounts.models import ApiToken, User
from annotations.accounts.secrets import digest

# The columns that a request needs; the rest of the row is fetched if it is asked for. Plain SQL, for this runs before
# everything that a program sends.
USER_FIELDS = ("id", "username", "is_active")
FIND = """
SELECT t.id, u.id, u.username, u.is_active
FROM annotations_apitoken t JOIN annotations_user u ON u.id = t.user_id
WHERE t.sha256 = %s AND t.revoked_at IS NULL AND u.is_active
"""


class TokenAuthentication(SentToken):
    """Finds the user by the SHA-256 of the key that was sent."""

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        """The user and token; 401 for an unknown or revoked key, or a user who was switched off."""
        with connection.cursor() as cursor:
            cursor.execute(FIND, [digest(key)])
            row = cursor.fetchone()
        if row is None:
            raise AuthenticationFailed(_("This token is not valid. Make a new one on your account page."))
        user = User.from_db(connection.alias, USER_FIELDS, row[1:])
        return user, ApiToken.from_db(connection.alias, ["id", "user_id"], row[:2])
