"""The hub of streams: hints wake at once, a lost listener is replaced, nothing moves for who may know nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError, connection

from annotations.live import hub
from annotations.live.looking import Reader
from annotations.live.stream import BEAT, frames
from annotations.projects.models import Project
from tests.personas import Team, team

pytestmark = [pytest.mark.django_db(transaction=True)]
TEXT = "The bridge at Kalda fell on Tuesday. It was bound to happen."
FOR_EVER = 10_000.0
MOST_SECONDS = 20


@pytest.fixture
def people() -> Team:
    return team(ben="reviewer", cleo="reviewer", vic="viewer")


def reader(people: Team, name: str) -> Reader:
    user, role = people.people[name].user, "viewer" if name == "vic" else "reviewer"
    assert user is not None
    key = people.people[name].browser.session.session_key
    return Reader(user, Project.objects.get(slug=people.slug).pk, role, key, None)


def listening(
    story: Callable[[Callable[[], Awaitable[bytes]]], Awaitable[None]], who: Reader, last_id: str | None = None
) -> None:
    """Tell the story with a function that gives the next frame of a stream."""

    async def told() -> None:
        stream: AsyncIterator[bytes] = frames(who, last_id)
        async with asyncio.timeout(MOST_SECONDS):
            assert await anext(stream) == b"retry: 2000\n\n"
            assert b"event: position" in await anext(stream)
            await story(lambda: anext(stream))
            await stream.aclose()  # type: ignore[attr-defined]

    async_to_sync(told)()


def renamed(people: Team, name: str) -> Callable[[], Awaitable[object]]:
    return sync_to_async(lambda: people.boss.api("PATCH", f"projects/{people.slug}/", {"name": name}))


def listeners() -> list[int]:
    """The database's processes that serve a listening connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [hub.APPLICATION_NAME])
        return [pid for (pid,) in cursor.fetchall()]


async def eventually(condition: Callable[[], bool]) -> None:
    while not await sync_to_async(condition)():
        await asyncio.sleep(0.02)


@pytest.fixture
def only_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but a hint of the database makes a stream look again."""
    for name in ("HEARTBEAT_SECONDS", "SECONDS_BETWEEN_POLLS"):
        monkeypatch.setattr(hub, name, FOR_EVER)


def test_a_commit_wakes_the_streams_of_its_project(people: Team, only_hints: None) -> None:
    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        await eventually(lambda: len(listeners()) == 1)
        await renamed(people, "Another")()
        assert b'"kind":"project.edited"' in await following()

    listening(story, reader(people, "ben"))


def test_a_lost_listener_is_replaced_and_everybody_looks(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", FOR_EVER)
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_POLLS", 0.05)

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        await eventually(lambda: len(listeners()) == 1)
        [before] = await sync_to_async(listeners)()
        await sync_to_async(end)(before)
        await renamed(people, "While nobody listened")()
        assert b"project.edited" in await following()
        await following()
        await eventually(lambda: listeners() not in ([], [before]))
        await renamed(people, "While somebody listens")()
        assert b"project.edited" in await following()

    listening(story, reader(people, "ben"))


def test_without_a_listener_the_table_is_looked_at(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise psycopg.OperationalError("nobody may listen")

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", refused)
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", FOR_EVER)
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_POLLS", 0.05)

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        await renamed(people, "Another")()
        assert b"project.edited" in await following()

    listening(story, reader(people, "ben"))


def test_ones_own_hidden_events_come_with_the_beat(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    _, claims = people.opened(TEXT)
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.5)

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        await sync_to_async(people.ben.api)("PUT", f"claims/{claims[0]}/label/", {"label": "opinion"})
        while b"label.saved" not in await following():
            pass

    listening(story, reader(people, "ben"))


def test_streams_share_one_connection_and_leave_none_behind(people: Team) -> None:
    async def told() -> None:
        streams = [frames(who, None) for who in everybody]
        for stream in streams:
            await anext(stream)
            await anext(stream)
        await eventually(lambda: len(listeners()) == 1)
        for stream in streams:
            await stream.aclose()  # type: ignore[attr-defined]
        await eventually(lambda: listeners() == [])

    everybody = [reader(people, name) for name in ("ben", "cleo", "vic", "ben")]
    async_to_sync(told)()


def test_what_one_may_not_know_of_wakes_without_a_byte_and_moves_no_beat(
    people: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A viewer is woken by everything that happens to open work, and hears nothing; a label wakes nobody."""
    article, claims = people.opened(TEXT)
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 1.0)
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_LOOKS", 0.0)
    woken: list[set[str]] = []
    wake = hub.Hub.wake

    def noted(self: hub.Hub, seats: set[hub.Seat]) -> None:
        woken.append({seat.reader.user.username for seat in seats})
        wake(self, seats)

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        clock = asyncio.get_running_loop().time
        assert await following() == BEAT
        first = clock()
        monkeypatch.setattr(hub.Hub, "wake", noted)
        await sync_to_async(people.cleo.api)("PUT", f"claims/{claims[0]}/label/", {"label": "opinion"})
        await sync_to_async(people.boss.api)("PATCH", f"articles/{article}/", {"title": "The bridge"})
        assert await following() == BEAT
        assert clock() - first < 2.0  # the beat after this one has not been skipped, nor pushed
        assert await following() == BEAT

    listening(story, reader(people, "vic"))
    assert {"vic"} in woken
    assert len([one for one in woken if one]) == 1


def test_without_a_database_streams_wait_and_in_the_end_end(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_POLLS", 0.05)
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.1)

    def unreachable(*_: object) -> None:
        raise OperationalError("nobody at home")

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        looked = hub.looks
        monkeypatch.setattr(hub, "looks", unreachable)
        await asyncio.sleep(0.3)
        monkeypatch.setattr(hub, "looks", looked)
        assert await following() == BEAT
        monkeypatch.setattr(hub, "LONGEST_UNPROVED", 0.1)
        monkeypatch.setattr(hub, "looks", unreachable)
        with pytest.raises(StopAsyncIteration):
            while True:
                await following()

    listening(story, reader(people, "ben"))


def test_a_fault_ends_all_streams_and_the_next_are_looked_after_again(
    people: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = hub.looks

    def broken(*_: object) -> None:
        raise ValueError("a fault")

    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        monkeypatch.setattr(hub, "looks", broken)
        await renamed(people, "Another")()
        with pytest.raises(StopAsyncIteration):
            await following()
        monkeypatch.setattr(hub, "looks", looked)
        again = frames(reader_again, None)
        await anext(again)
        assert b"event: position" in await anext(again)
        await again.aclose()  # type: ignore[attr-defined]

    reader_again = reader(people, "ben")
    listening(story, reader(people, "ben"))


def test_a_slow_reader_has_one_finding_waiting_and_misses_nothing(people: Team) -> None:
    async def story(following: Callable[[], Awaitable[bytes]]) -> None:
        await eventually(lambda: len(listeners()) == 1)
        for number in range(5):
            await renamed(people, f"Name {number}")()
            await asyncio.sleep(0.15)
        told = b""
        while told.count(b"project.edited") < 5:
            told += await following()

    listening(story, reader(people, "ben"))


def end(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
