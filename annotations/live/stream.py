"""The event stream of a project to one browser: what happened and to which thing, never what was said.

A reader gets the ids and fetches through the normal views, so the stream needs no rule of its own beside
`labelling.queries.visible_events`. A cursor is the pair of the last numbers that the reader may know of, sealed for
that reader.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import orjson

from annotations.live.hub import seated
from annotations.live.looking import Cursor, Look, Place, Reader
from annotations.web.opaque import seal, unseal

RETRY = b"retry: 2000\n\n"
END = b"event: end\ndata: {}\n\n"
# The comment is for people who look on, the event for browsers: their scripts are not told of comments.
BEAT = b": still here\nevent: beat\ndata: {}\n\n"


async def frames(reader: Reader, last_id: str | None, since: datetime | None = None) -> AsyncIterator[bytes]:
    """The frames of the stream, until the reader leaves, signs out, or is no longer a member in the same role.

    It begins after `last_id`, else `since` a time, else now. An id that means nothing here is answered with a reset.
    """
    yield RETRY
    cursor = _opened(reader, last_id) if last_id else None
    is_unknown = bool(last_id) and cursor is None
    with seated(reader, Place(cursor, since=None if is_unknown else since)) as seat:
        begins = cursor is None
        while told := await seat.next():
            if told.look is None:
                yield END
                return
            for frame in _changes(reader, told.look, begins=begins, reset=is_unknown or told.look.reset):
                yield frame
            if told.beat:
                yield BEAT
            begins = is_unknown = False


def _changes(reader: Reader, look: Look, *, begins: bool, reset: bool) -> list[bytes]:
    """What happened, then where the reader is now; nothing where nothing happened."""
    if reset:
        return [_frame("reset", {}, _sealed(reader, look.place))]
    if not (look.events or begins):
        return []
    changes = [_frame("change", event) for event in look.events]
    return [*changes, _frame("position", {}, _sealed(reader, look.place))]


def _frame(kind: str, data: dict[str, Any], id: str = "") -> bytes:
    """One frame; changes carry no cursor, so that who is cut off between two of them gets all of them again."""
    name = b"id: %s\n" % id.encode() if id else b""
    return b"%sevent: %s\ndata: %s\n\n" % (name, kind.encode(), orjson.dumps(data))


def _purpose(reader: Reader) -> str:
    return f"event stream {reader.project_id} {reader.user.pk}"


def _sealed(reader: Reader, place: Place) -> str:
    first, second = place.cursor or (0, 0)
    return seal(_purpose(reader), f"{first} {second}")


def _opened(reader: Reader, last_id: str) -> Cursor | None:
    numbers = (unseal(_purpose(reader), last_id) or "").split()
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None
