"""`sign_in_link USERNAME`: the path that signs a person in, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from annotations.accounts.queries import user_named
from annotations.accounts.services import sign_in_secret


class Command(BaseCommand):
    """Prints a one-time link."""

    help = "Print the path of a link that signs this user in: once, and within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose link."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the path; an error for a name nobody has."""
        user = user_named(options["username"])
        if user is None:
            raise CommandError(f"Nobody is called {options['username']}. Make the user with create_user.")
        self.stdout.write(reverse("sign-in-link", args=[sign_in_secret(user)]))
