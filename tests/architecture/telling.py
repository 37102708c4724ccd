"""What everybody is told: every route asked by every kind of reader, kept byte for byte, and compared.

The routes and what is sent to them are those of the matrix. Reads are asked with their filters, orders and pages;
writes are taken back, those that are refused and those that succeed.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from asgiref.sync import async_to_sync
from django.utils import timezone

from annotations.live.looking import Reader
from annotations.live.stream import frames
from annotations.projects.models import Membership
from tests.architecture.asking import ask, masked, sent
from tests.architecture.rules import Rule, address
from tests.architecture.table import every_rule
from tests.factories.world import World

# `manager` has labels in every open article, `ann` has none and may see how far labelling is, but not what was said.
WRITERS = ("reviewer", "adjudicator", "manager")
READERS = ("signed out", "stranger", "viewer", *WRITERS)
VISITED = {
    "article": ("open", "other open", "closed"),
    "claim": ("labelling", "unlabelled", "mine", "handed in", "disputed"),
    "evidence": ("on an open claim",),
    "verdict": ("proposed",),
    "comment": ("standing", "removed"),
    "release": ("published",),
    "job": ("queued",),
    "assignment": ("by hand", "taken"),
    "invitation": ("standing",),
    "gold": ("standing",),
}
WRITTEN = {"claim": ("labelling", "mine"), "article": ("open", "other open")}
QUERIES = {
    "api/v1/articles/<uuid:id>/claims/": ("?limit=1",),
    "api/v1/claims/<uuid:id>/comments/": ("?limit=1",),
    "api/v1/notifications/": ("?limit=1", "?unread=true"),
    "api/v1/projects/<slug:slug>/queue/": ("?limit=1",),
    "api/v1/projects/<slug:slug>/search/": ("?q=bridge&limit=3", "?q=hidden", "?q=idde", "?q=mayor&kind=claim"),
    "api/v1/projects/<slug:slug>/sources/": ("?limit=2",),
    "projects/<slug:slug>/assignments/": ("?reviewer=ben", "?reviewer=cleo"),
    "projects/<slug:slug>/": ("?status=labelling", "?status=disputed", "?label=opinion", "?label=verifiable_fact"),
    "projects/<slug:slug>/log/": ("?who=ben", "?verb=label.saved", "?verb=evidence.added", "?verb=label.handed_in"),
    "projects/<slug:slug>/articles/": ("?sort=title", "?sort=-added", "?sort=status", "?status=open", "?page=2"),
    "projects/<slug:slug>/checking/": (
        "?status=all&sort=moved",
        "?status=all&sort=-status&aspect=content",
        "?q=bridge",
        "?status=all&sort=-due&who=nobody",
        "?status=all&sort=priority&priority=normal",
    ),
    "projects/<slug:slug>/search/": ("?q=hidden", "?q=bridge", "?q=records&kind=source", "?q=opinion"),
    "projects/<slug:slug>/sources/": ("?q=hidden", "?sort=title", "?sort=-added"),
    "projects/<slug:slug>/agreement/": ("?sort=alpha", "?sort=-claims"),
    "articles/<uuid:id>/": ("?claim=none", "?status=labelling", "?label=opinion"),
}
TIME = re.compile(rb"<time [^>]*>[^<]*|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
SHOWN_ONCE = re.compile(rb'(class="secret">)[^<]*')
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

Snapshot = dict[str, bytes]


def snapshot(built: World, readers: Sequence[str], writers: Sequence[str], routes: str = "") -> Snapshot:
    """What every route answers to every reader, by who asked what; to writes only for the `writers` among them.

    `routes` is a pattern for those that are asked.
    """
    found: Snapshot = {}
    asked = [one for one in every_rule() if re.search(routes, one[0])]
    for reader in readers:
        for route, method, rule in asked:
            if method == "GET":
                for state in VISITED.get(rule.about, rule.states()):
                    found.update(_read(built, reader, route, rule, state))
            elif reader in writers:
                for state in WRITTEN.get(rule.about, VISITED.get(rule.about, rule.states())):
                    answer = ask(built, route, method, rule, reader, state)
                    key = f"{reader} {method} {route} {state} {rule.body(built, state)}"
                    found[key] = _unlike_by_chance(_bytes(answer), built)
        found.update(_streamed(built, reader))
    return found


def _read(built: World, reader: str, route: str, rule: Rule, state: str) -> Iterator[tuple[str, bytes]]:
    """The answers to reading one thing: plainly, by every filter, and page after page."""
    for query in ("", *QUERIES.get(route, ())):
        path = address(built, route, rule.about, state, reader) + query
        while path:
            answer = sent(built, reader, "GET", path)
            yield f"{reader} {path}", _bytes(answer)
            path = _following(answer)


def _following(answer: Any) -> str:
    """The address of the next page of a list."""
    if answer.status_code != 200 or answer["Content-Type"] != "application/json":
        return ""
    told = orjson.loads(answer.content)
    return (told.get("next") or "").removeprefix("http://testserver") if isinstance(told, dict) else ""


def _streamed(built: World, reader: str) -> Iterator[tuple[str, bytes]]:
    """The first frames of the stream, from now and from the beginning, for members."""
    person = built.people[reader]
    if person.user is None or reader == "stranger":
        return

    whole_day = timezone.now() - timedelta(days=1)
    for since in (None, whole_day):
        yield f"{reader} stream since {since and 'yesterday'}", async_to_sync(_begin)(reader_of(built, reader), since)


async def _begin(reader: Reader, since: datetime | None) -> bytes:
    """The frames up to the first that says where the reader is."""
    stream, told = frames(reader, None, since), b""
    while b"id: " not in told:
        told += await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    return told


def reader_of(built: World, role: str) -> Reader:
    person = built.people[role]
    assert person.user is not None
    member = Membership.objects.get(project=built.desk.project, user=person.user)
    return Reader(person.user, member.project_id, member.role, person.browser.session.session_key, None)


def _bytes(answer: Any) -> bytes:
    """Status, headers and body; CSRF tokens and the time at which an answer is over differ each time."""
    headers = sorted((name, value) for name, value in answer.items() if name != "Expires")
    cookies = sorted(name for name in answer.cookies)
    return f"{answer.status_code} {headers} {cookies}\n".encode() + masked(answer.getvalue())


def _unlike_by_chance(answer: bytes, built: World) -> bytes:
    """A write's answer without the time of the write, and the ids and secrets it gave out."""
    known = {str(thing.pk).encode() for things in built.things.values() for thing in things.values()}
    answer = ID.sub(lambda match: match[0] if match[0] in known else b"<new id>", answer)
    return SHOWN_ONCE.sub(rb"\1", TIME.sub(b"<time>", answer))


def check_equal(before: Snapshot, after: Snapshot) -> None:
    """Fails with every request whose answer is another one now, and where it begins to differ."""
    changed = [_difference(key, before.get(key, b""), after.get(key, b"")) for key in sorted({*before, *after})]
    told = "\n".join(each for each in changed if each)
    assert told == "", told


def _difference(key: str, before: bytes, after: bytes) -> str:
    if before == after:
        return ""
    place = next((at for at, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), 0)
    around = slice(max(0, place - 80), place + 80)
    return f"{key}\n  {before[around]!r}\n  {after[around]!r}"
