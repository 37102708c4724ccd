"""`manage.py up`: the whole product from one command, kept running until Ctrl-C."""

import argparse
import errno
import json
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from workbench import env
from workbench.local.child import Child, finish
from workbench.local.errors import StartError, StopError
from workbench.local.home import PROJECT, Home
from workbench.local.occupancy import Holder, Occupancy, occupied
from workbench.local.processes import product
from workbench.local.progress import say
from workbench.local.servers import STOP_SECONDS, await_ready, embedded, environment
from workbench.local.supervisor import Supervisor

PORT = 8000
WEB_PROCESSES = 2
WORK_STOP_SECONDS = 5.0
LOOPBACK = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `manage.py up`."""
    parser.add_argument("--home", help="the home directory (default: WORKBENCH_HOME, else .home beside manage.py)")
    parser.add_argument("--port", type=int, help=f"the port to listen on (default: PORT, else {PORT}; 0: any free one)")
    parser.add_argument("--no-sample", action="store_true", help="begin without the sample project")


def main(arguments: list[str]) -> int:
    """Parse the command line after `manage.py up`, and run; answers the exit code."""
    parser = argparse.ArgumentParser(prog="manage.py up", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


def run(options: argparse.Namespace) -> int:
    """Start everything and look after it; 0 after Ctrl-C, 1 with one sentence where it cannot start."""
    home = Home.chosen(options.home)
    try:
        port = _number("PORT", PORT) if options.port is None else options.port
        webs = _number("WEB_PROCESSES", WEB_PROCESSES)
        home.prepare()
        with occupied(home) as occupancy, Supervisor(say) as supervisor:
            _take(occupancy, supervisor)
            with _listening(env.text("HOST", LOOPBACK), port) as listener:
                address = _address(listener)
                os.environ["PUBLIC_URL"] = address
                occupancy.announce(Holder(os.getpid(), "up", address))
                say(f"Fact-check Workbench, home {home.path}")
                links = _serve(home, supervisor, sample=not options.no_sample)
                occupancy.announce(Holder(os.getpid(), "up", address, ready=True))
                _work(product(home, listener, webs), supervisor)
                _welcome(address, links)
                supervisor.watch()
    except StopError:
        say("Stopped.")
        return 0
    except StartError as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    return 0


def _number(name: str, default: int) -> int:
    try:
        return env.number(name, default)
    except ValueError as error:
        raise StartError(str(error)) from error


def _take(occupancy: Occupancy, supervisor: Supervisor) -> None:
    """Become the holder of the home; waits for a command that is using it."""
    told = False
    while not occupancy.take(Holder(os.getpid(), "up")):
        other = occupancy.holder()
        if other.command == "up":
            raise StartError(
                f"The workbench already runs in this home (process {other.pid}): "
                f"{other.address or 'it is just starting'}."
            )
        if not told:
            say(f"Waiting for {other.command} (process {other.pid}), which is using this home.")
            told = True
        supervisor.pause(0.1)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """The listening socket, which every web process inherits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit it. Uvicorn does not set it on a socket it is handed, and without it the body of an answer
        # waits 40 ms for the client to acknowledge its headers.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                raise StartError(
                    f"Port {port} is in use by another program; choose another with --port or PORT."
                ) from error
            raise StartError(
                f"Cannot listen on {host} port {port} ({error}); choose others with HOST, --port or PORT."
            ) from error
        listener.listen(1024)
        yield listener


def _serve(home: Home, supervisor: Supervisor, *, sample: bool) -> dict[str, str]:
    """The servers, then tables and sample in them; the one-time links into the sample."""
    servers = embedded(home, supervisor.pause)
    os.environ.update(environment(home))
    supervisor.start(servers, STOP_SECONDS)
    for server in servers:
        await_ready(server, supervisor.pause)
        say(server.plan.name, "ready")
    return _furnish(supervisor, sample=sample)


def _work(children: Sequence[Child], supervisor: Supervisor) -> None:
    """The processes that do the work, ready to answer."""
    supervisor.start(children, WORK_STOP_SECONDS)
    for child in children:
        await_ready(child, supervisor.pause)
    say("processes", ", ".join(child.plan.name for child in children))


def _furnish(supervisor: Supervisor, *, sample: bool) -> dict[str, str]:
    """Tables, sample and links, made by a process whose memory ends with it."""
    reading, writing = os.pipe()
    options = ["--links", str(writing), *([] if sample else ["--no-sample"])]
    with os.fdopen(reading) as answer:
        try:
            code = finish(
                [sys.executable, "-m", "workbench.local.furnishing", *options],
                supervisor.pause,
                cwd=PROJECT,
                env={"LOG_LEVEL": "WARNING", **os.environ},
                pass_fds=(writing,),
            )
        finally:
            os.close(writing)
        if code:
            raise StartError("The tables and the sample could not be made; the lines above say why.")
        links: dict[str, str] = json.load(answer)
        return links


def _address(listener: socket.socket) -> str:
    """What a person types into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    everywhere = {"0.0.0.0": LOOPBACK, "::": "[::1]"}  # noqa: S104 (a comparison, nothing is bound)
    shown = everywhere.get(host, f"[{host}]" if ":" in host else host)
    return env.text("PUBLIC_URL", f"http://{shown}:{port}").rstrip("/")


def _welcome(address: str, links: dict[str, str]) -> None:
    say("")
    say(f"Open {address}/")
    for name, path in links.items():
        say(f"  or sign in once as {name}: {address}{path}")
    say("Ctrl-C stops everything; the next start finds all of it again.")
