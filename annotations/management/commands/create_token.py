"""`create_token NAME`: an API token for a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.queries import user_named
from annotations.accounts.services import create_token


class Command(BaseCommand):
    """Makes a token and prints its key, which is stored nowhere."""

    help = "Make an API token for this user and print its key once, as the last word."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose token, and what for."""
        parser.add_argument("name", help="the user's name")
        parser.add_argument("--purpose", default="command line", help="what the token is for, shown on their account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the key; an error for a name nobody has."""
        user = user_named(options["name"])
        if user is None:
            raise CommandError(f"Nobody is called {options['name']}. Make the user with create_user.")
        _token, key = create_token(user, name=options["purpose"])
        self.stdout.write(f"Token of {user.username}, shown only now: {key}")
