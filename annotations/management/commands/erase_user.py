"""`erase_user NAME`: what a person asks of those who run the workbench."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.accounts.queries import user_named
from annotations.erasure.services import erase_person
from annotations.errors import WorkbenchError


class Command(BaseCommand):
    """Erases a person and says under which name their work stays."""

    help = "Replace a person's name by one that says nothing, everywhere; what they did stays. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase the person; an error in the service's words."""
        user = user_named(options["name"])
        if user is None:
            raise CommandError(f"Nobody is called {options['name']}.")
        try:
            erased = erase_person(user, confirmed=user.get_username())
        except WorkbenchError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"Erased. What they did stays as that of {erased.get_username()}.")
