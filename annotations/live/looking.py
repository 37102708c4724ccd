"""What the readers of event streams may know of since they last looked, many readers at a time.

Rights, sessions, tokens and counters are asked for once for all of them. Events are looked for person by person,
through `labelling.queries.visible_events`: no finding is ever handed to another person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from annotations.accounts.models import ApiToken, User
from annotations.audit.models import Event, EventCounter
from annotations.labelling.queries import visible_events
from annotations.projects.models import Membership

MOST_AT_ONCE = 500

# The last number that the reader knows of in the project's sequence of events, and in that of their own hidden ones.
Cursor = tuple[int, int]


@dataclass(frozen=True)
class Reader:
    """Who reads which project, in which role, and what proves it: a session or a token."""

    user: User
    project_id: int
    role: str
    session_key: str | None
    token: UUID | None

    @property
    def streams(self) -> tuple[str, str]:
        """The project's own sequence of events, and that of the reader's hidden ones."""
        return f"project:{self.project_id}", f"project:{self.project_id}:actor:{self.user.pk}"


@dataclass(frozen=True)
class Place:
    """How far a reader has come: the cursor, and where the counters stood at the last look.

    Without a cursor it begins `since` a time, or without that now.
    """

    cursor: Cursor | None = None
    seen: Cursor | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Look:
    """What one look found: the events since the last, and where the reader now is."""

    place: Place
    events: tuple[dict[str, str | None], ...] = ()
    reset: bool = False


def looks(readers: Sequence[tuple[Reader, Place]]) -> Iterator[Look | None]:
    """What each reader may know of since they were at their place, in order; None where they may no longer read.

    Nothing is looked for while the counters stand where they were seen.
    """
    members = _members([reader for reader, _ in readers])
    streams = {stream for reader, _ in readers for stream in reader.streams}
    counters = dict(EventCounter.objects.filter(stream__in=streams).values_list("stream", "last"))
    found: dict[tuple[int, int, Place], Look] = {}
    for reader, place in readers:
        member = members.get(reader)
        if member is None:
            yield None
            continue
        now: Cursor = (counters.get(reader.streams[0], 0), counters.get(reader.streams[1], 0))
        one = (reader.user.pk, reader.project_id, place)  # several windows of one person find the same
        if one not in found:
            found[one] = _look(reader, member, place, now)
        yield found[one]


def _look(reader: Reader, member: Membership, place: Place, now: Cursor) -> Look:
    if place.cursor is not None and now == place.seen:
        return Look(place)
    events = visible_events(reader.user, member.project)
    cursor = place.cursor
    if cursor is None and place.since is not None:
        cursor = _last(events.filter(at__lt=place.since), reader)
    if cursor is None or cursor[0] > now[0] or cursor[1] > now[1]:
        return Look(Place(_last(events, reader), now), reset=cursor is not None)
    first, second = reader.streams
    since = Q(stream=first, number__gt=cursor[0]) | Q(stream=second, number__gt=cursor[1])
    rows = list(events.filter(since).order_by("at", "id")[: MOST_AT_ONCE + 1])
    if len(rows) > MOST_AT_ONCE:
        return Look(Place(_last(events, reader), now), reset=True)
    reached = [
        max([before, *(row.number for row in rows if row.stream == stream)])
        for stream, before in zip(reader.streams, cursor, strict=True)
    ]
    return Look(Place((reached[0], reached[1]), now), tuple(_told(event) for event in rows))


def _last(events: QuerySet[Event], reader: Reader) -> Cursor:
    """The last number in each stream that the reader may know of: a counter would tell of what they may not."""
    first, second = (
        events.filter(stream=stream).order_by("-number").values_list("number", flat=True).first()
        for stream in reader.streams
    )
    return first or 0, second or 0


def _told(event: Event) -> dict[str, str | None]:
    return {
        "kind": event.verb,
        "article": str(event.article_id) if event.article_id else None,
        "claim": str(event.claim_id) if event.claim_id else None,
    }


def _members(readers: Sequence[Reader]) -> dict[Reader, Membership]:
    """The memberships of those who still read as they began: same role, session or token still good."""
    rows = Membership.objects.select_related("project", "user").filter(
        project__in={reader.project_id for reader in readers},
        user__in={reader.user.pk for reader in readers},
        user__is_active=True,
    )
    members = {(row.project_id, row.user_id): row for row in rows}
    tokens, proofs = _good_tokens(readers), _proofs(readers)
    found = {}
    for reader in readers:
        member = members.get((reader.project_id, reader.user.pk))
        if member is None or member.role != reader.role:
            continue
        if reader.token in tokens if reader.token else _proves(proofs.get(reader.session_key or ""), member.user):
            found[reader] = member
    return found


def _good_tokens(readers: Sequence[Reader]) -> set[UUID]:
    tokens = {reader.token for reader in readers if reader.token}
    return (
        set(ApiToken.objects.filter(pk__in=tokens, revoked_at=None).values_list("pk", flat=True)) if tokens else set()
    )


def _proofs(readers: Sequence[Reader]) -> dict[str, Any]:
    """What the sessions that are not over hold of their person's password."""
    keys = {reader.session_key for reader in readers if reader.session_key}
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()) if keys else ()
    return {row.session_key: row.get_decoded().get(HASH_SESSION_KEY) for row in rows}


def _proves(proof: Any, user: User) -> bool:
    """Whether a session still proves who reads: it ends with its time, and with its password."""
    good = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return bool(proof) and any(constant_time_compare(proof, one) for one in good)
