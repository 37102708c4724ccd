"""The product's own processes: web, worker and beat."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace

from workbench import env
from workbench.local.child import Child, Plan
from workbench.local.home import Home

ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
GRACE_SECONDS = 3  # for requests and streams under way when a web process is told to stop


def product(home: Home, listener: socket.socket, webs: int) -> list[Child]:
    """The children that do the work, after the servers run and the tables are made; `webs` of them serve pages."""
    serving = (_web(f"web-{number}", listener) for number in range(1, webs + 1))
    return [Child(plan, home.log) for plan in (*serving, _worker(home), _fetcher(home), _beat(home))]


def _web(name: str, listener: socket.socket) -> Plan:
    """One web process on the supervisor's own socket, which outlives it: no connection is refused meanwhile."""
    flags = ["--fd", str(listener.fileno()), "--timeout-graceful-shutdown", str(GRACE_SECONDS)]
    quiet = ["--no-access-log", "--no-server-header", "--lifespan", "off", "--ws", "none", "--log-level", "warning"]
    proxy = ["--proxy-headers" if env.flag("BEHIND_PROXY") else "--no-proxy-headers"]
    return _python(
        name,
        ["uvicorn", "workbench.asgi:application", *flags, *quiet, *proxy],
        ready=lambda _pid: answers(listener),
        descriptors=(listener.fileno(),),
    )


def _worker(home: Home) -> Plan:
    """One task at a time in the worker's own process: half the memory of a pool, and no process is left behind."""
    return _celery(home, "worker", ["--pool", "solo", "-Q", "celery"])


def _fetcher(home: Home) -> Plan:
    """Fetches, many at once: they wait for others' servers, some of which take all the time there is."""
    return _celery(home, "fetcher", ["--pool", "threads", "--concurrency", "32", "-Q", "fetching", "-n", "fetcher@%h"])


def _celery(home: Home, name: str, flags: list[str]) -> Plan:
    """A worker, which is replaced where it goes deaf."""
    pulse = home.run / f"{name}.pulse"
    plan = _python(name, ["celery", "-A", "workbench.celery", "worker", *flags, *ALONE])
    return replace(plan, pulse=pulse, environment={**os.environ, "WORKBENCH_PULSE": str(pulse)})


def _beat(home: Home) -> Plan:
    schedule = str(home.run / "beat-schedule")
    return _python(
        "beat",
        ["celery", "-A", "workbench.local.beat", "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "WARNING"],
    )


def _python(
    name: str, module: list[str], ready: Callable[[int], bool] = lambda _pid: True, descriptors: tuple[int, ...] = ()
) -> Plan:
    # Without a supervisor nothing of the product may go on: a restart must find the port and the queue free.
    return Plan(
        name=name,
        argv=[sys.executable, "-m", *module],
        ready=ready,
        orphaned=signal.SIGKILL,
        descriptors=descriptors,
    )


def answers(listener: socket.socket) -> bool:
    """True when a web process answers a request on the socket, whatever the answer."""
    host, port = listener.getsockname()[:2]
    wildcard = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (a comparison, nothing is bound)
    try:
        with socket.create_connection((wildcard.get(host, host), port), timeout=5) as connection:
            connection.sendall(b"GET /livez HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return connection.recv(5) == b"HTTP/"
    except OSError:
        return False
