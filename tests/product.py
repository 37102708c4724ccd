"""The real product, as a person runs it: `manage.py up` in a home, and management commands beside it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
OWN_VARIABLES = {
    *("DATABASE_URL", "CELERY_BROKER_URL", "STORAGE_URL", "WORKBENCH_HOME", "SECRET_KEY"),
    *("HOST", "PORT", "PUBLIC_URL", "ALLOWED_HOSTS", "WEB_PROCESSES"),
}
START_SECONDS = 90


def eventually(condition: Callable[[], object], seconds: float = START_SECONDS) -> bool:
    """Whether the condition came true within the seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def environment_of_a_person(home: Path, **settings: str) -> dict[str, str]:
    """What a person's processes start with: nothing of the servers the test run uses itself."""
    person = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    return {**person, "FETCH": "false", "WORKBENCH_HOME": str(home), **settings}


class Product:
    """One start of `manage.py up` in `home`, on a free port and without the sample unless the options say otherwise."""

    def __init__(self, home: Path, *options: str, prefix: tuple[str, ...] = (), **settings: str) -> None:
        self.home = home
        self.log = home.parent / f"{home.name}.up.log"
        self._environment = environment_of_a_person(home, **settings)
        options = options or ("--port", "0", "--no-sample")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*prefix, sys.executable, MANAGE, "up", "--home", home, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The supervisor's process id."""
        return self.process.pid

    @property
    def output(self) -> str:
        """Everything `up` has printed so far."""
        return self.log.read_text(errors="replace")

    @property
    def url(self) -> str:
        """The address it printed, without a slash at the end."""
        found = re.search(r"^Open (\S+?)/?$", self.output, re.MULTILINE)
        assert found, f"up printed no address:\n{self.output}"
        return found[1]

    def started(self) -> "Product":
        """Wait until it has printed its address; fails with its output when it ends before."""
        running = eventually(lambda: "Ctrl-C stops" in self.output or self.process.poll() is not None)
        assert running, f"up did not start within {START_SECONDS} s:\n{self.output}"
        assert self.process.poll() is None, f"up ended with {self.process.returncode}:\n{self.output}"
        return self

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """What a management command in this home prints; fails with all it said where its exit code is not 0."""
        done = self.try_manage(*arguments, stdin=stdin)
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def try_manage(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """A management command in this home, however it ends."""
        return subprocess.run(
            [sys.executable, MANAGE, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=self._environment,
            timeout=START_SECONDS,
            check=False,
        )

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it as a person does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
