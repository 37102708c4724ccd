"""The one change the log allows: names of somebody who is erased, replaced by one that says nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from annotations.audit.models import Event

# Where events have names of people, by verb: the members to follow; "*" stands for the members' own names.
NAMED = {
    "member.added": (("username",),),
    "member.joined": (("username",),),
    "member.role_changed": (("username",),),
    "member.removed": (("username",),),
    "comment.removed": (("username",),),
    "claim.planned": (("before", "assignee"), ("after", "assignee")),
    "assignment.moved": (("before",), ("after",)),
    "assignments.balanced": (("shares", "*"),),
}


def rename_in_log(old: str, new: str) -> None:
    """Put `new` where events say `old` for a person; call it in the transaction of the erasure."""
    events = Event.objects.filter(verb__in=NAMED).annotate(told=Cast("data", TextField())).filter(told__contains=old)
    with _amending():
        for event in events:
            for path in NAMED[event.verb]:
                _rename(event.data, path, old, new)
            Event.objects.filter(pk=event.pk).update(data=event.data)


@contextmanager
def _amending() -> Iterator[None]:
    """Lets rows of the log be changed until the end of the block, in this transaction alone."""
    # pgtrigger.ignore would put a second command into each statement, which psycopg refuses in a prepared one.
    [protection] = Event._meta.triggers  # type: ignore[attr-defined]  # pgtrigger adds it
    _ignore(f"{{{protection.get_pgid(Event)}}}")
    yield
    _ignore("{}")


def _ignore(triggers: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [triggers])


def _rename(data: Any, path: tuple[str, ...], old: str, new: str) -> None:
    *way, last = path
    for step in way:
        data = data.get(step) or {}
    if last == "*":
        if old in data:
            data[new] = data.pop(old)
    elif data.get(last) == old:
        data[last] = new
