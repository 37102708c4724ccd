"""Secrets that are shown once and stored as a digest."""

import hashlib
import secrets

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from annotations.accounts.models import User


def new_secret() -> str:
    """40 random URL-safe characters (240 bits)."""
    return secrets.token_urlsafe(30)


def digest(secret: str) -> str:
    """The SHA-256 of a secret, in hexadecimal. The secrets are random, so no salt or stretching is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SignInTokens(PasswordResetTokenGenerator):
    """Django's reset tokens under another salt: one holds `last_login`, so using it uses it up."""

    key_salt = "annotations.accounts.sign-in"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        """Django holds `last_login` to the second, within which a link could be used again."""
        return f"{super()._make_hash_value(user, timestamp)}{user.last_login and user.last_login.isoformat()}"


sign_in_tokens = SignInTokens()
