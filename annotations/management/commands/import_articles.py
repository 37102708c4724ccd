"""`import_articles PROJECT PATH…`: articles from files into a project."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from annotations.accounts.models import User
from annotations.articles.files import Item, files_under, items_in
from annotations.articles.provenance import checked
from annotations.claims.services import import_and_propose
from annotations.codebooks.services import start_project
from annotations.errors import WorkbenchError
from annotations.projects.models import Project
from annotations.projects.queries import managers

WIDTH = 30


class Command(BaseCommand):
    """Imports, with a progress bar and a line for every item that was rejected."""

    help = "Import articles from text, HTML, JSONL or CSV files. Exit code 1 if any item was rejected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The project, the paths and who imports."""
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("paths", nargs="+", type=Path, help="files, or folders to look through")
        parser.add_argument("--create-project", action="store_true", help="begin the project if there is none")
        parser.add_argument("--user", help="who imports; without it the project's first manager, or the first user")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import item by item: what is good stays, what is not is named."""
        actor = _actor(options["project"], options["user"], options["create_project"])
        files = files_under(options["paths"])
        good = bad = 0
        for place, path in enumerate(files, 1):
            for item in items_in(path):
                problem = item.problem or _problem(actor, options["project"], item)
                good, bad = (good, bad + 1) if problem else (good + 1, bad)
                if problem:
                    self.stderr.write(f"rejected  {item.name}: {problem}")
                _bar(place - 1, len(files), good + bad)
            _bar(place, len(files), good + bad)
        self.stdout.write(f"{good} imported, {bad} rejected.")
        if bad:
            sys.exit(1)


def _actor(slug: str, username: str | None, create: bool) -> User:
    project = Project.objects.filter(slug=slug).first()
    if project is None and not create:
        raise CommandError(f"There is no project {slug}. Add --create-project to begin it.")
    first = managers(project).order_by("created_at").first() if project else None
    users = User.objects.filter(is_active=True).order_by("pk")
    user = users.filter(username=username).first() if username else (first.user if first else users.first())
    if user is None:
        raise CommandError(f"There is no user {username or 'yet'}. Make one with create_user.")
    if project is None:
        if slugify(slug) != slug:
            raise CommandError(f"{slug} cannot be a project's slug: use small letters, digits and hyphens.")
        start_project(user, slug=slug, name=slug)
    return user


def _problem(actor: User, slug: str, item: Item) -> str:
    """Import one item; why not, or nothing."""
    try:
        import_and_propose(actor, slug=slug, **checked(item.fields))
    except WorkbenchError as error:
        return error.detail
    return ""


def _bar(done: int, total: int, items: int) -> None:
    if sys.stderr.isatty():
        filled = WIDTH * done // total
        bar = "█" * filled + "·" * (WIDTH - filled)
        sys.stderr.write(f"\r[{bar}] {done} of {total} files, {items} articles ")
        sys.stderr.write("\n" if done == total else "")
