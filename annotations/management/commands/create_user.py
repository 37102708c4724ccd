"""`create_user NAME`: a new person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.services import create_user
from annotations.errors import WorkbenchError


class Command(BaseCommand):
    """Makes a user and says what it made."""

    help = "Make a user. Without a password they sign in by link: see sign_in_link."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("name")
        parser.add_argument("--email", default="")
        parser.add_argument("--password")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the user; an error in the service's words."""
        try:
            user = create_user(options["name"], email=options["email"], password=options["password"])
        except WorkbenchError as error:
            sentences = [sentence for field in error.errors.values() for sentence in field]
            raise CommandError(" ".join(sentences) or error.detail) from None
        how = "with a password" if user.has_usable_password() else f"without a password (sign_in_link {user.username})"
        self.stdout.write(f"Made user {user.username} {how}.")
