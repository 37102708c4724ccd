"""The reference pages of docs/, made from the code: `python -m tests.reference` writes them anew."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def transitions() -> str:
    """The way of a claim after its label: what moves it, from where to where, and who may."""
    from annotations.projects.access import LEAST_ROLE, Action
    from annotations.verification.transitions import MOVES, OUTDATES

    head = ["| move | from | to | who | of each aspect apart |", "|---|---|---|---|---|"]
    who = {move.name: f"{LEAST_ROLE[Action[move.permission]]} and above" for move in MOVES.values()}
    rows = [
        f"| {move.name} | {', '.join(sorted(move.starts))} | {move.leads_to} | {who[move.name]} |"
        f" {'yes' if move.per_aspect else ''} |"
        for move in MOVES.values()
    ]
    starts = ", ".join(sorted(OUTDATES.starts))
    clock = (
        f"| {OUTDATES.name} | {starts} | {OUTDATES.leads_to} | nobody: a source changed or died, or a day came | yes |"
    )
    drawn = ["```mermaid", "stateDiagram-v2", *_arrows([*MOVES.values(), OUTDATES]), "```"]
    first = (
        "Verdicts lead from researching to proposed (a reviewer) and to verified (another, who may approve); a release"
    )
    lines = [
        "# The moves of a claim",
        "",
        NOTE,
        "",
        f"{first} makes verified claims published.",
        "",
        *head,
        *rows,
        clock,
    ]
    return "\n".join([*lines, "", *drawn, ""])


def _arrows(moves: list[Any]) -> list[str]:
    """Each move as an arrow of the drawing, after those that verdicts and releases bring about."""
    verdicts = (("agreed", "researching", "evidence"), ("researching", "proposed", "propose"))
    others = (*verdicts, ("proposed", "verified", "approve"), ("verified", "published", "release"))
    found = [f"    {start} --> {end}: {name}" for start, end, name in others]
    return found + [f"    {start} --> {move.leads_to}: {move.name}" for move in moves for start in sorted(move.starts)]


PAGES = {"transitions.md": transitions, "permissions.md": permissions, "routes.md": routes}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    for name, text in PAGES.items():
        (DOCS / name).write_text(text(), encoding="utf-8")
