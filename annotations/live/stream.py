"""The event stream of a project to one browser: what happened and to which thing, never what was said.

A reader gets the ids and fetches through the normal views, so the stream needs no rule of its own beside
`labelling.queries.visible_events`. It looks at two counters once a second and holds no database connection between
looks. A cursor is the pair of the last numbers that the reader may know of, sealed for that reader.
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
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from annotations.accounts.models import ApiToken, User
from annotations.audit.models import Event, EventCounter
from annotations.labelling.queries import visible_events
from annotations.projects.models import Membership
from annotations.web.opaque import seal, unseal

SECONDS_BETWEEN_LOOKS = 1.0
HEARTBEAT_SECONDS = 15.0
MOST_AT_ONCE = 500

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
    """What one look found: the events since the last, where the reader now is, and the counters that were seen."""

    cursor: Cursor
    seen: Cursor
    events: list[dict[str, Any]]
    reset: bool = False


async def frames(reader: Reader, last_id: str | None) -> AsyncIterator[bytes]:
    """The frames of the stream, until the reader leaves, signs out or is no longer a member."""
    yield b"retry: 2000\n\n"
    cursor = _opened(reader, last_id) if last_id else None
    seen: Cursor | None = None
    unknown = bool(last_id) and cursor is None
    beat = time.monotonic()
    while True:
        look = await sync_to_async(look_once, thread_sensitive=False)(reader, cursor, seen)
        if look is None:
            yield b"event: end\ndata: {}\n\n"
            return
        if unknown or look.reset:
            yield _frame("reset", {}, _sealed(reader, look.cursor))
        elif look.events or cursor is None:
            for event in look.events:
                yield _frame("change", event)
            yield _frame("position", {}, _sealed(reader, look.cursor))
        cursor, seen, unknown = look.cursor, look.seen, False
        if time.monotonic() - beat >= HEARTBEAT_SECONDS:
            beat = time.monotonic()
            yield b": still here\n\n"
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


def look_once(reader: Reader, cursor: Cursor | None, seen: Cursor | None = None) -> Look | None:
    """What has happened since `cursor` that the reader may know of; None where they may no longer read.

    Nothing is looked for while the counters stand where they were `seen`.
    """
    try:
        member = _member(reader)
        return _look(reader, member, cursor, seen) if member else None
    finally:
        connection.close()


def _look(reader: Reader, member: Membership, cursor: Cursor | None, seen: Cursor | None) -> Look:
    streams = _streams(reader)
    found = dict(EventCounter.objects.filter(stream__in=streams).values_list("stream", "last"))
    now: Cursor = (found.get(streams[0], 0), found.get(streams[1], 0))
    if cursor is not None and now == seen:
        return Look(cursor, now, [])
    events = visible_events(reader.user, member.project)
    if cursor is None or cursor[0] > now[0] or cursor[1] > now[1]:
        return Look(_last(events, streams), now, [], reset=cursor is not None)
    since = Q(stream=streams[0], number__gt=cursor[0]) | Q(stream=streams[1], number__gt=cursor[1])
    rows = list(events.filter(since).order_by("at", "id")[: MOST_AT_ONCE + 1])
    if len(rows) > MOST_AT_ONCE:
        return Look(_last(events, streams), now, [], reset=True)
    reached = [
        max([before, *(row.number for row in rows if row.stream == stream)])
        for stream, before in zip(streams, cursor, strict=True)
    ]
    return Look((reached[0], reached[1]), now, [_told(event) for event in rows])


def _streams(reader: Reader) -> tuple[str, str]:
    """The project's own sequence of events, and that of the reader's hidden ones."""
    return f"project:{reader.project_id}", f"project:{reader.project_id}:actor:{reader.user.pk}"


def _last(events: QuerySet[Event], streams: tuple[str, str]) -> Cursor:
    """The last number in each stream that the reader may know of: a counter would tell of what they may not."""
    first, second = (
        events.filter(stream=stream).order_by("-number").values_list("number", flat=True).first() for stream in streams
    )
    return first or 0, second or 0


def _member(reader: Reader) -> Membership | None:
    rows = Membership.objects.select_related("project", "user").filter(user=reader.user, user__is_active=True)
    member = rows.filter(project_id=reader.project_id).first()
    return member if member and _holds(reader, member.user) else None


def _holds(reader: Reader, user: User) -> bool:
    """Whether the token or the session still proves who reads: a session ends with its time, and with its password."""
    if reader.token is not None:
        return ApiToken.objects.filter(pk=reader.token.pk, revoked_at=None).exists()
    proof = import_module(settings.SESSION_ENGINE).SessionStore(reader.session_key).load().get(HASH_SESSION_KEY, "")
    good = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(proof, one) for one in good)


def _told(event: Event) -> dict[str, Any]:
    return {
        "kind": event.verb,
        "article": str(event.article_id) if event.article_id else None,
        "claim": str(event.claim_id) if event.claim_id else None,
    }


def _frame(kind: str, data: dict[str, Any], id: str = "") -> bytes:
    """One frame; changes carry no cursor, so that who is cut off between two of them gets all of them again."""
    name = b"id: %s\n" % id.encode() if id else b""
    return b"%sevent: %s\ndata: %s\n\n" % (name, kind.encode(), orjson.dumps(data))


def _purpose(reader: Reader) -> str:
    return f"event stream {reader.project_id} {reader.user.pk}"


def _sealed(reader: Reader, cursor: Cursor) -> str:
    return seal(_purpose(reader), f"{cursor[0]} {cursor[1]}")


def _opened(reader: Reader, last_id: str) -> Cursor | None:
    numbers = (unseal(_purpose(reader), last_id) or "").split()
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None
