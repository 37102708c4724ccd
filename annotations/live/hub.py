"""Where the event streams of one web process sit: one connection listens for all of them, one thread looks for them.

A NOTIFY names a project's sequence of events and is only a hint: whoever reads it looks into the table. A hint that
leads to nothing leaves no trace, and beats come at times of their own. At each beat rights and counters are looked at
for everybody (one's own hidden events, which nobody is hinted at, are found then), and while nothing can listen the
table is looked at every few seconds.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg
from django.db import DatabaseError, InterfaceError, connection
from psycopg.conninfo import make_conninfo

from annotations.audit.services import CHANNEL
from annotations.live.looking import Look, Place, Reader, looks

HEARTBEAT_SECONDS = 12.0  # a stream ends within 15 s of the right to read it
SECONDS_BETWEEN_LOOKS = 0.1  # however often it is woken
SECONDS_BETWEEN_POLLS = 2.0  # while nothing listens
PROBE_SECONDS = 10.0
LONGEST_UNPROVED = 15.0
APPLICATION_NAME = "workbench live"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What a stream is told: a look (None: no longer allowed), and whether a beat is due."""

    look: Look | None
    beat: bool


@dataclass(eq=False)
class Seat:
    """One stream: who reads and how far they are. At most one finding waits for it, however slow its reader is."""

    reader: Reader
    place: Place
    wake: Callable[[], None]
    due: bool = True
    proved_at: float = field(default_factory=time.monotonic)
    _told: asyncio.Queue[Told | None] = field(default_factory=lambda: asyncio.Queue(1))

    @property
    def is_free(self) -> bool:
        """Whether the last finding has been taken."""
        return self._told.empty()

    async def next(self) -> Told | None:
        """The next finding; None where the stream has to end without a word."""
        told = await self._told.get()
        if self.due:
            self.wake()
        return told

    def tell(self, look: Look | None, *, beat: bool) -> None:
        """Leave a finding, or none where nothing was found and no beat is due."""
        self.proved_at = time.monotonic()
        is_news = look is None or look.events or look.reset or self.place.cursor is None
        if look:
            self.place = look.place
        if is_news or beat:
            self._told.put_nowait(Told(look, beat))

    def end(self) -> None:
        """End the stream; what it was not told, it asks for when it comes back."""
        if not self.is_free:
            self._told.get_nowait()
        self._told.put_nowait(None)


class Hub:
    """The streams of one event loop. It lives as long as there are any."""

    def __init__(self) -> None:
        self.seats: set[Seat] = set()
        self.listening = False
        self.is_over = False
        self._by_project: dict[str, set[Seat]] = defaultdict(set)
        self._due = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "live")
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._work())]

    def join(self, seat: Seat) -> None:
        """From now on the seat is told."""
        self.seats.add(seat)
        self._by_project[seat.reader.streams[0]].add(seat)
        self._due.set()

    def leave(self, seat: Seat) -> None:
        """The seat is told no more."""
        self.seats.discard(seat)
        project = seat.reader.streams[0]
        self._by_project[project].discard(seat)
        if not self._by_project[project]:
            del self._by_project[project]

    def close(self) -> None:
        """End both tasks, and with them the connection."""
        for task in self._tasks:
            task.cancel()
        self._thread.shutdown(wait=False)

    def hurry(self) -> None:
        """Somebody is due."""
        self._due.set()

    def wake(self, seats: Iterable[Seat]) -> None:
        """These look as soon as they may."""
        for seat in seats:
            seat.due = True
            self._due.set()

    async def _listen(self) -> None:
        """Listen for ever; whenever it begins anew, everybody looks for what was missed."""
        while True:
            with suppress(psycopg.Error, OSError, TimeoutError):
                async with await psycopg.AsyncConnection.connect(_address(), autocommit=True) as listener:
                    await listener.execute(f"LISTEN {CHANNEL}")
                    self.listening = True
                    self.wake(self.seats)
                    await self._hear(listener)
            self.listening = False
            self._due.set()
            log.warning("The connection that listens for events is down; looking every %s s.", SECONDS_BETWEEN_POLLS)
            await asyncio.sleep(SECONDS_BETWEEN_POLLS)

    async def _hear(self, listener: psycopg.AsyncConnection[object]) -> None:
        """Wake those whom a hint concerns; between hints make sure that somebody is there at the other end."""
        while True:
            async for hint in listener.notifies(timeout=PROBE_SECONDS):
                self.wake(self._by_project.get(hint.payload, ()))
            async with asyncio.timeout(PROBE_SECONDS):
                await listener.execute("SELECT 1")

    async def _work(self) -> None:
        """Look for those who are due, and at each beat for everybody. Without it no stream goes on."""
        clock = asyncio.get_running_loop().time
        beat = clock() + HEARTBEAT_SECONDS
        try:
            while True:
                until = beat if self.listening else min(beat, clock() + SECONDS_BETWEEN_POLLS)
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(until):
                        await self._due.wait()
                self._due.clear()
                is_beat = clock() >= beat
                while beat <= clock():
                    beat += HEARTBEAT_SECONDS
                everybody = is_beat or not self.listening
                seats = [seat for seat in self.seats if seat.is_free and (everybody or seat.due)]
                if seats:
                    await self._look(seats, is_beat)
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        except Exception:
            log.exception("No stream is looked after any more; all of them end.")
        finally:
            self.is_over = True
            for seat in self.seats:
                seat.end()

    async def _look(self, seats: list[Seat], is_beat: bool) -> None:
        """Look for these seats. Without a database they wait; who cannot be proved to be allowed for long is ended."""
        for seat in seats:
            seat.due = False
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._look_in_thread, loop, seats, is_beat)
        except (DatabaseError, InterfaceError) as error:
            log.warning("Streams cannot be looked after: %s", error)
            for seat in seats:
                seat.due = True
                if time.monotonic() - seat.proved_at > LONGEST_UNPROVED:
                    seat.end()
            await asyncio.sleep(SECONDS_BETWEEN_POLLS)
            self._due.set()

    def _look_in_thread(self, loop: asyncio.AbstractEventLoop, seats: list[Seat], is_beat: bool) -> None:
        """Each seat is told as soon as its turn is over; the connection goes back when all are."""
        try:
            for seat, look in zip(seats, looks([(seat.reader, seat.place) for seat in seats]), strict=True):
                loop.call_soon_threadsafe(self._tell, seat, look, is_beat)
        finally:
            connection.close()

    def _tell(self, seat: Seat, look: Look | None, is_beat: bool) -> None:
        if seat in self.seats and seat.is_free:
            seat.tell(look, beat=is_beat)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


@contextmanager
def seated(reader: Reader, place: Place) -> Iterator[Seat]:
    """A seat in the hub of the running event loop, which is there while anybody sits in it."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None or hub.is_over:
        hub = _hubs[loop] = Hub()
    seat = Seat(reader, place, hub.hurry)
    hub.join(seat)
    try:
        yield seat
    finally:
        hub.leave(seat)
        if not hub.seats:
            hub.close()
            if _hubs.get(loop) is hub:
                del _hubs[loop]


def _address() -> str:
    """Where the database is, in libpq's words, as Django's own connections go there."""
    names = ("dbname", "user", "password", "host", "port")
    known = connection.get_connection_params()
    given = {name: value for name, value in known.items() if name in names or name.startswith("ssl")}
    return make_conninfo("", application_name=APPLICATION_NAME, connect_timeout=5, **given)
