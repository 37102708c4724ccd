"""`load_sample`: the project a new home begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.sample import loading


class Command(BaseCommand):
    """Loads the sample once, and prints who works in it."""

    help = "Load the sample project, unless any project exists; print its people who sign in by link, one a line."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print."""
        loading.load()
        for person in loading.people():
            self.stdout.write(person.username)
