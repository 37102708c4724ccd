"""Who uses a home: at most one process starts and stops its servers, any number of commands may use them."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from workbench.local.home import Home


@dataclass(frozen=True)
class Holder:
    """The process that keeps the servers of a home running."""

    pid: int
    command: str
    address: str = ""
    ready: bool = False


_STARTING = Holder(pid=0, command="another command")


class Occupancy:
    """Two locks of the kernel, which end with the process that holds them however it ends.

    `lock` is held by whoever keeps the servers running. `users` is shared by every command that needs them, so that
    a command which started the servers can wait for the others before it stops them.
    """

    def __init__(self, home: Home) -> None:
        with home.writing():
            self._lock = _opened(home.run / "lock")
            self._users = _opened(home.run / "users")
        self._home = home
        self._record = home.run / "holder.json"
        self._taken = False

    def close(self) -> None:
        """Let go of both locks; the holder has stopped the servers before."""
        if self._taken:
            self._home.discard_sockets()
            self._record.unlink(missing_ok=True)
        self._lock.close()
        self._users.close()

    def take(self, holder: Holder) -> bool:
        """Become the one who keeps the servers; False when another process is."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._taken = True
        self.announce(holder)
        return True

    def announce(self, holder: Holder) -> None:
        """Say who holds the lock, for those who meet it."""
        draft = self._record.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(asdict(holder)))
        draft.replace(self._record)

    def holder(self) -> Holder:
        """Who holds the lock; worth reading only after `take` said False.

        The record of a holder that was killed does not count: its successor has the lock and no record yet.
        """
        try:
            holder = Holder(**json.loads(self._record.read_text()))
        except (OSError, ValueError, TypeError):
            return _STARTING
        return holder if Path(f"/proc/{holder.pid}").exists() else _STARTING

    def enter(self) -> None:
        """Count as a user; waits while servers that were left by their last user are being stopped."""
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def alone(self) -> bool:
        """True when no other command uses the servers; from then on nobody enters until `close`."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A failed change of a lock's kind loses the old kind as well.
            fcntl.flock(self._users, fcntl.LOCK_SH)
            return False
        return True


@contextmanager
def occupied(home: Home) -> Iterator[Occupancy]:
    """An Occupancy that lets go at the end."""
    occupancy = Occupancy(home)
    try:
        yield occupancy
    finally:
        occupancy.close()


def wait_until(condition: Callable[[], bool], seconds: float, pause: Callable[[float], None] = time.sleep) -> bool:
    """Ask until `condition` holds or the seconds have passed; says whether it did."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause(0.02)
    return True


def _opened(path: Path) -> IO[bytes]:
    return path.open("ab")
