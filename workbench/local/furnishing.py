"""What a home needs before the first page: tables, the sample, sign-in links.

A program of its own (`python -m workbench.local.furnishing`), so that the memory it takes ends with it. Progress goes
to the standard output, the links as JSON to the file descriptor given by --links.
"""

import argparse
import io
import json
import os

import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from workbench.local.progress import counting, say


class Counter(io.StringIO):
    """Where `migrate` writes; reports each finished migration."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total = total
        self._done = 0

    def write(self, text: str) -> int:
        """Migrate says OK at the end of each migration."""
        if "OK" in text:
            self._done += 1
            counting("tables", self._done, self._total)
        return super().write(text)


def migrate() -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", stdout=Counter(total), no_color=True)
    say("tables", f"{total} migrations applied" if total else "up to date")


def sample_links() -> dict[str, str]:
    """Load the sample project; a one-time path to sign in for each of its people."""
    answer = io.StringIO()
    call_command("load_sample", stdout=answer)
    say("sample", "ready")
    links = {}
    for name in answer.getvalue().split():
        link = io.StringIO()
        call_command("sign_in_link", name, stdout=link)
        links[name] = link.getvalue().split()[-1]
    return links


def main() -> None:
    """Do all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--links", type=int, required=True)
    parser.add_argument("--no-sample", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    migrate()
    links = {} if options.no_sample else sample_links()
    with os.fdopen(options.links, "w") as answer:
        json.dump(links, answer)


if __name__ == "__main__":
    main()
