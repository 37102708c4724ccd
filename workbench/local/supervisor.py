"""Keeps child processes running until a signal asks for the end."""

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from types import FrameType, TracebackType

from workbench.local.child import Child, stop_all
from workbench.local.errors import StopError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_DELAY = 0.1
LONGEST_DELAY = 10.0
LOOK_SECONDS = 5.0
# A child that ran this long was well: what ended it is not what ended it before.
WELL_SECONDS = 20.0


class Supervisor:
    """Children in the order they were started; stopped in the reverse order, one group after the other.

    Signals only leave a mark, and `pause` acts on it: nothing is ever interrupted half way.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._groups: list[list[Child]] = []
        self._patience: list[float] = []
        self._due: dict[Child, float] = {}
        self._delays: dict[Child, float] = {}
        self._asked = False
        self._stopping = False
        self._woken, self._wake = socket.socketpair()

    def __enter__(self) -> "Supervisor":
        self._woken.setblocking(False)
        self._wake.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for number in (*SIGNALS, signal.SIGCHLD):
            # Whoever started this under nohup wants it to outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._mark)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        for group, seconds in zip(reversed(self._groups), reversed(self._patience), strict=True):
            stop_all(group, seconds)
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            # All is stopped; one Ctrl-C more must not tear the little that is left of this process.
            signal.signal(number, signal.SIG_IGN)
        self._woken.close()
        self._wake.close()

    def start(self, children: Sequence[Child], stop_seconds: float) -> None:
        """Start a group of children, and keep them running from now on; asked to stop they have so many seconds."""
        self._groups.append(list(children))
        self._patience.append(stop_seconds)
        for child in children:
            child.start()

    def pause(self, seconds: float | None = None) -> None:
        """Wait for that long (None: until something happens) while looking after the children.

        Raises StopError when a signal has asked for the end.
        """
        due = min(self._due.values(), default=None)
        if due is not None:
            until = max(0.0, due - time.monotonic())
            seconds = until if seconds is None else min(seconds, until)
        select.select([self._woken], [], [], seconds)
        self._drain()
        if self._asked:
            raise StopError
        self._collect()
        self._revive()

    def watch(self) -> None:
        """Look after the children until a signal asks for the end."""
        while True:
            self.pause(LOOK_SECONDS)
            self._bury_strangers()
            self._replace_the_deaf()

    def _mark(self, number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            if self._stopping or self._asked:
                self._say("Stopping already; every process is given its time to finish.")
            self._asked = True

    def _drain(self) -> None:
        try:
            while self._woken.recv(1024):
                pass
        except BlockingIOError:
            pass

    def _collect(self) -> None:
        for group in self._groups:
            for child in group:
                if child not in self._due and not child.alive():
                    self._schedule(child)

    def _bury_strangers(self) -> None:
        """Reap what process 1 of a container inherits: processes whose parent, one of our children, was killed."""
        known = {child.pid for group in self._groups for child in group}
        while pid := _ended_stranger(known):
            os.waitpid(pid, 0)

    def _replace_the_deaf(self) -> None:
        """End workers that hear no message any more: they are started anew like any that ended."""
        for child in (child for group in self._groups for child in group if child.deaf()):
            self._say(f"{child.plan.name} (process {child.pid}) hears nothing any more; it is replaced.")
            child.kill()

    def _schedule(self, child: Child) -> None:
        """When to start it again: at once, and later each time it ends soon after its start."""
        well = time.monotonic() - child.started_at > WELL_SECONDS
        delay = FIRST_DELAY if well else self._delays.get(child, FIRST_DELAY)
        self._delays[child] = min(LONGEST_DELAY, delay * 2)
        self._due[child] = time.monotonic() + delay
        self._say(f"{child.plan.name} (process {child.pid}) ended with {child.ended()}; it is started again.")

    def _revive(self) -> None:
        for child, due in list(self._due.items()):
            if due > time.monotonic():
                continue
            try:
                child.start()
            except OSError as error:
                self._say(f"{child.plan.name} cannot be started ({error}); tried again in {LONGEST_DELAY:.0f} s.")
                self._due[child] = time.monotonic() + LONGEST_DELAY
            else:
                del self._due[child]


def _ended_stranger(known: set[int]) -> int:
    """The process id of an ended child that is none of ours; 0 without one."""
    try:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return 0
    return ended.si_pid if ended and ended.si_pid not in known else 0
