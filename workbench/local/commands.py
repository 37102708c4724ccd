"""Every management command finds the servers of its home: those that run, else its own for as long as it takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from workbench import env
from workbench.local.errors import StartError
from workbench.local.home import PROJECT, Home
from workbench.local.occupancy import Holder, Occupancy, occupied
from workbench.local.servers import environment, serving

NEED_NO_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "up",
    "verify_release",
    "version",
}

NEED_NO_TABLES = {"makemigrations", "migrate"}


@contextmanager
def prepared(argv: Sequence[str]) -> Iterator[None]:
    """The environment and the servers the command in `argv` needs; before Django's settings are read.

    Ends the process with one sentence and exit code 1 where it cannot have them.
    """
    if _needs_no_database(argv):
        yield
        return
    home = Home.chosen()
    try:
        home.prepare()
        with occupied(home) as occupancy, _servers(home, occupancy, Holder(os.getpid(), argv[1])):
            yield
    except StartError as reason:
        sys.exit(str(reason))


def _needs_no_database(argv: Sequence[str]) -> bool:
    return (
        len(argv) < 2 or argv[1].startswith("-") or argv[1] in NEED_NO_DATABASE or not {"-h", "--help"}.isdisjoint(argv)
    )


@contextmanager
def _servers(home: Home, occupancy: Occupancy, holder: Holder) -> Iterator[None]:
    """Servers from the environment, of the process that holds the home, or own ones."""
    if env.text("DATABASE_URL") and env.text("CELERY_BROKER_URL"):
        os.environ.update(environment(home))
        yield
        return
    occupancy.enter()
    if not _becomes_holder(occupancy, holder):
        os.environ.update(environment(home))
        yield
        return
    with serving(home) as new:
        if new and holder.command not in NEED_NO_TABLES:
            _migrate()
        occupancy.announce(replace(holder, ready=True))
        try:
            yield
        finally:
            _wait_for_others(occupancy)


def _becomes_holder(occupancy: Occupancy, holder: Holder) -> bool:
    """False once another process has the servers ready, True when there is no such process."""
    told = False
    while not occupancy.take(holder):
        other = occupancy.holder()
        if other.ready:
            return False
        if not told:
            sys.stderr.write(f"Waiting until {other.command} (process {other.pid}) has started the servers.\n")
            told = True
        time.sleep(0.1)
    return True


def _wait_for_others(occupancy: Occupancy) -> None:
    """Whoever started the servers stops them last."""
    told = False
    while not occupancy.alone():
        if not told:
            sys.stderr.write("Done; another command still uses the servers, which stop when it ends.\n")
            told = True
        time.sleep(0.1)


def _migrate() -> None:
    """The tables of a database made a moment ago, so that no command meets an empty one."""
    migration = [sys.executable, str(PROJECT / "manage.py"), "migrate", "--verbosity=0"]
    if subprocess.run(migration, stdout=sys.stderr, check=False).returncode:
        raise StartError("The tables could not be made; the lines above say why.")
