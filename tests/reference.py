"""The reference pages of docs/, made from the code: `python -m tests.reference` writes them anew."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

DOCS = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Made by `python -m tests.reference`; do not edit. -->"


def permissions() -> str:
    """The table of rights, action by role."""
    from annotations.projects.access import Action, may
    from annotations.projects.models import Role

    head = f"| to {{}} | {' | '.join(Role)} |".format("…")
    rows = [
        f"| {action.value} | {' | '.join('yes' if may(role, action) else '' for role in Role)} |" for action in Action
    ]
    rule = "|---" * (len(Role) + 1) + "|"
    return "\n".join(["# Who may do what", "", NOTE, "", head, rule, *rows, ""])


def routes() -> str:
    """Every route, with what it is for."""
    lines = ["# Every route", "", NOTE, "", "| route | methods | what it is |", "|---|---|---|"]
    for route, callback in sorted(every_route(get_resolver().url_patterns, "/"), key=lambda found: found[0]):
        view = getattr(callback, "view_class", None)
        names = [name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)]
        words = ((view or callback).__doc__ or "").strip().split("\n")[0]
        lines.append(f"| `{route}` | {' '.join(names) or 'page'} | {words} |")
    return "\n".join([*lines, ""])


def every_route(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, object]]:
    """Each route with its view."""
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_route(pattern.url_patterns, whole)
        else:
            yield whole, pattern.callback


PAGES = {"permissions.md": permissions, "routes.md": routes}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    for name, text in PAGES.items():
        (DOCS / name).write_text(text(), encoding="utf-8")
