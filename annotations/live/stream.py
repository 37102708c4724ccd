"""The event stream of a project to one browser: what happened and to which thing, never what was said.

A reader gets the ids and fetches through the normal views, so the stream needs no rule of its own beside
`labelling.queries.visible_events`. It looks at two counters once a second and holds no database connection between
looks. A cursor is the pair of those counters, sealed.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import orjson
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.db.models import Q

from annotations.accounts.models import ApiToken, User
from annotations.audit.models import Event, EventCounter
from annotations.labelling.queries import visible_events
from annotations.projects.models import Membership
from annotations.web.opaque import seal, unseal

SECONDS_BETWEEN_LOOKS = 1.0
HEARTBEAT_SECONDS = 15.0
MOST_AT_ONCE = 500
PURPOSE = "event stream"

Cursor = tuple[int, int]


@dataclass(frozen=True)
class Reader:
    """Who reads which project, and what proves it: a session or a token, looked at again with every look."""

    user: User
    project_id: int
    session_key: str | None
    token: ApiToken | None


@dataclass(frozen=True)
class Look:
    """What one look found; `None` for somebody who may no longer read."""

    cursor: Cursor
    events: list[dict[str, Any]]
    reset: bool = False


async def frames(reader: Reader, last_id: str | None) -> AsyncIterator[bytes]:
    """The frames of the stream, until the reader leaves, signs out or is no longer a member."""
    yield b"retry: 2000\n\n"
    cursor: Cursor | None = _opened(last_id) if last_id else None
    unknown = bool(last_id) and cursor is None
    beat = time.monotonic()
    while True:
        look = await sync_to_async(look_once, thread_sensitive=False)(reader, cursor)
        if look is None:
            yield b"event: end\ndata: {}\n\n"
            return
        if unknown or look.reset:
            yield _frame("reset", {}, look.cursor)
        elif look.events or cursor is None:
            for event in look.events:
                yield _frame("change", event)
            yield _frame("position", {}, look.cursor)
        cursor, unknown = look.cursor, False
        if time.monotonic() - beat >= HEARTBEAT_SECONDS:
            beat = time.monotonic()
            yield b": still here\n\n"
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


def look_once(reader: Reader, cursor: Cursor | None) -> Look | None:
    """What has happened since `cursor` that the reader may know of; None where they may no longer read."""
    try:
        member = _member(reader)
        return _look(reader, member, cursor) if member else None
    finally:
        connection.close()


def _look(reader: Reader, member: Membership, cursor: Cursor | None) -> Look:
    streams = (f"project:{reader.project_id}", f"project:{reader.project_id}:actor:{reader.user.pk}")
    found = dict(EventCounter.objects.filter(stream__in=streams).values_list("stream", "last"))
    now: Cursor = (found.get(streams[0], 0), found.get(streams[1], 0))
    if cursor is None or cursor == now:
        return Look(now, [])
    if cursor[0] > now[0] or cursor[1] > now[1]:
        return Look(now, [], reset=True)
    since = Q()
    for stream, before, last in zip(streams, cursor, now, strict=True):
        since |= Q(stream=stream, number__gt=before, number__lte=last)
    rows = list(visible_events(reader.user, member.project).filter(since).order_by("at", "id")[: MOST_AT_ONCE + 1])
    if len(rows) > MOST_AT_ONCE:
        return Look(now, [], reset=True)
    return Look(now, [_told(event) for event in rows])


def _member(reader: Reader) -> Membership | None:
    if reader.token is not None:
        valid = ApiToken.objects.filter(pk=reader.token.pk, revoked_at=None, user__is_active=True).exists()
    else:
        sessions = import_module(settings.SESSION_ENGINE)
        valid = bool(reader.session_key) and sessions.SessionStore().exists(reader.session_key)
    if not valid:
        return None
    rows = Membership.objects.select_related("project").filter(user=reader.user, user__is_active=True)
    return rows.filter(project_id=reader.project_id).first()


def _told(event: Event) -> dict[str, Any]:
    return {
        "kind": event.verb,
        "article": str(event.article_id) if event.article_id else None,
        "claim": str(event.claim_id) if event.claim_id else None,
    }


def _frame(kind: str, data: dict[str, Any], cursor: Cursor | None = None) -> bytes:
    """One frame; changes carry no cursor, so that who is cut off between two of them gets all of them again."""
    name = b"id: %s\n" % seal(PURPOSE, f"{cursor[0]} {cursor[1]}").encode() if cursor else b""
    return b"%sevent: %s\ndata: %s\n\n" % (name, kind.encode(), orjson.dumps(data))


def _opened(last_id: str) -> Cursor | None:
    numbers = (unseal(PURPOSE, last_id) or "").split()
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None
