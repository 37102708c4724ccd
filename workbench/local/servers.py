"""The embedded servers of a home, for as long as somebody needs them."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbench import env
from workbench.local import postgres, valkey
from workbench.local.account import account_for
from workbench.local.child import Child, last_words, stop_all
from workbench.local.errors import StartError
from workbench.local.home import Home

STOP_SECONDS = 60.0  # PostgreSQL writes everything to the disk first, which may be a slow one
START_SECONDS = 60.0
# A killed PostgreSQL's own processes may take seconds to leave; until then its successor ends at once.
TRIES = 6

Pause = Callable[[float], None]


def environment(home: Home) -> dict[str, str]:
    """The variables every process of this home needs; what is set already is not among them."""
    wanted: dict[str, Callable[[], str]] = {
        "DATABASE_URL": lambda: postgres.url(home),
        "CELERY_BROKER_URL": lambda: valkey.url(home),
        "SECRET_KEY": lambda: home.secret_key,
    }
    missing = {name: value() for name, value in wanted.items() if not env.text(name)}
    return {**missing, "WORKBENCH_HOME": str(home.path)}


def embedded(home: Home, pause: Pause, *, durable: bool = True) -> list[Child]:
    """The servers that the environment leaves to us, in the order they start; makes their folders and the database.

    Call it before `environment` goes into os.environ, and only as the holder of the home's lock.
    """
    servers = []
    if not env.text("DATABASE_URL"):
        account = account_for(
            home.path / "postgres.new" if postgres.missing(home) else home.postgres, postgres.programs() / "postgres"
        )
        account.give(home.sockets())
        if postgres.missing(home):
            postgres.create(home, account, pause)
        postgres.settle(home, pause)
        servers.append(Child(postgres.plan(home, account, durable=durable), home.log))
    if not env.text("CELERY_BROKER_URL"):
        account = account_for(home.valkey, valkey.program())
        account.give(home.sockets())
        valkey.settle(home, pause)
        servers.append(Child(valkey.plan(home, account, durable=durable), home.log))
    return servers


def await_ready(child: Child, pause: Pause, seconds: float = START_SECONDS) -> None:
    """Wait until a started child does its work; StartError with its last words when it does not."""
    deadline = time.monotonic() + seconds
    while not child.ready():
        if (not child.alive() and child.starts >= TRIES) or time.monotonic() > deadline:
            raise StartError(f"{child.plan.name} did not start: {last_words(child.log)} (all of it: {child.log})")
        pause(0.02)


@contextmanager
def serving(home: Home, *, durable: bool = True) -> Iterator[bool]:
    """Both servers running, unsupervised, until the end of the block; says whether the database is a new one."""
    new = not env.text("DATABASE_URL") and postgres.missing(home)
    servers = embedded(home, time.sleep, durable=durable)
    os.environ.update(environment(home))
    try:
        for server in servers:
            server.start()
        for server in servers:
            await_ready(server, _retrying(server))
        yield new
    finally:
        stop_all(servers, STOP_SECONDS)


def _retrying(server: Child) -> Pause:
    """A pause that starts the server again: the processes of a killed one may take a moment to leave."""

    def pause(seconds: float) -> None:
        time.sleep(seconds)
        if not server.alive():
            time.sleep(0.3)
            server.start()

    return pause
