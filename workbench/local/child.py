"""One child process: how it is started, when it is ready, how it ends."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.local.home import PROJECT

LOG_BYTES = 5_000_000
DEAF_SECONDS = 60.0


# Begins every command line: util-linux's way to ask the kernel for a signal when the starter is gone.
SETPRIV = ("setpriv",)


def bound(argv: Sequence[str], orphaned: signal.Signals, prefix: Sequence[str] = SETPRIV) -> list[str]:
    """A command line whose process gets the signal when this process is gone.

    The shell in between ends it where this process went before the kernel was asked to watch.
    """
    watched = f"--pdeathsig={orphaned.name.removeprefix('SIG')}"
    still_there = 'test "$PPID" = "$0" && exec "$@"'
    return [*prefix, watched, "--", "/bin/sh", "-c", still_there, str(os.getpid()), *argv]


def finish(
    argv: Sequence[str],
    pause: Callable[[float], None],
    *,
    text: str = "",
    prefix: Sequence[str] = SETPRIV,
    **options: Any,
) -> int:
    """Run a program to its end with `text` as its input; its exit code. Killed when `pause` raises, or with us."""
    process = subprocess.Popen(
        bound(argv, signal.SIGKILL, prefix), stdin=subprocess.PIPE, start_new_session=True, **options
    )
    try:
        if process.stdin:
            process.stdin.write(text.encode())
            process.stdin.close()
        while process.poll() is None:
            pause(0.02)
    finally:
        process.kill()
        process.wait()
    return process.returncode


@dataclass(frozen=True)
class Plan:
    """What to run: `stop` asks it to end, `orphaned` is what the kernel sends it when its starter is gone."""

    name: str
    argv: Sequence[str]
    prefix: Sequence[str] = SETPRIV
    ready: Callable[[int], bool] = lambda _pid: True
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGKILL
    descriptors: Sequence[int] = ()
    pulse: Path | None = None  # a file that it touches as long as it hears


class Child:
    """A process of a plan; may be started again after it ended."""

    def __init__(self, plan: Plan, logs: Path) -> None:
        self.plan = plan
        self.log = logs / f"{plan.name}.log"
        self.starts = 0
        self.started_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the last start; 0 before the first."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start it in a session of its own, so that a terminal's Ctrl-C reaches only the one who stops in order."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                bound(self.plan.argv, self.plan.orphaned, self.plan.prefix),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
                env=dict(self.plan.environment),
                pass_fds=self.plan.descriptors,
                start_new_session=True,
            )
        self.starts += 1
        self.started_at = time.monotonic()

    def alive(self) -> bool:
        """True while the process runs; collects it when it has ended."""
        return self._process is not None and self._process.poll() is None

    def ready(self) -> bool:
        """True when it runs and does its work."""
        return self.alive() and self.plan.ready(self.pid)

    def deaf(self) -> bool:
        """Whether it runs, and has not touched its pulse for too long."""
        if self.plan.pulse is None or not self.alive():
            return False
        touched = self.plan.pulse.stat().st_mtime if self.plan.pulse.exists() else 0.0
        since = min(time.time() - touched, time.monotonic() - self.started_at)
        return since > DEAF_SECONDS

    def ended(self) -> str:
        """How it ended, in words."""
        code = self._process.returncode if self._process else 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def ask_to_stop(self) -> None:
        """Send the plan's own signal, if it still runs."""
        self._send(self.plan.stop)

    def kill(self) -> None:
        """End it at once, if it still runs."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self.alive():
            self._process.send_signal(number)


def last_words(log: Path) -> str:
    """The line of a log that says best why its process ended: the last one that names an error, else the last."""
    try:
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines()[-50:] if line.strip()]
    except OSError:
        return ""
    errors = [line for line in lines if "FATAL" in line or "Error" in line]
    return (errors or lines or [""])[-1]


def stop_all(children: Sequence[Child], seconds: float) -> None:
    """Ask all of them to stop at once; whoever is still there after the seconds is killed."""
    deadline = time.monotonic() + seconds
    for child in children:
        child.ask_to_stop()
    while any(child.alive() for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    for child in children:
        child.kill()
    while any(child.alive() for child in children):
        time.sleep(0.02)
