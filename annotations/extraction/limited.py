"""Asks for a document to be read in a process with limits."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from annotations.extraction.documents import Document, NothingExtracted
from annotations.extraction.found import Link
from annotations.extraction.server import SECONDS, SOCKET
from annotations.messages import gettext as _
from annotations.messages import unpack

SIDE_BY_SIDE = 4
START_SECONDS = 20.0
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR")
_slots = threading.BoundedSemaphore(SIDE_BY_SIDE)


class _Server:
    """The process that forks readers: started when it is first needed, and anew where it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._folder = Path()

    def connect(self) -> socket.socket:
        """A connection to it."""
        with self._lock:
            # A process that was forked from the one that started it starts one of its own.
            if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
                self._start()
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self._folder / SOCKET))
        return connection

    def _start(self) -> None:
        self._folder, self._owner = Path(tempfile.mkdtemp(prefix="extraction-")), os.getpid()
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        command = [sys.executable, "-m", "annotations.extraction.server", str(self._folder)]
        root = Path(__file__).resolve().parents[2]
        # A reader that a document takes over finds no secret in its surroundings.
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=root, env=plain, start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while not (self._folder / SOCKET).exists():
            if self._process.poll() is not None or time.monotonic() > until:
                raise OSError("The process that reads documents did not start.")
            time.sleep(0.02)


_server = _Server()


def extract(
    path: Path,
    media_type: str = "",
    *,
    encoding: str = "",
    name: str = "",
    tick: Callable[[], None] = lambda: None,
) -> Document:
    """The document in a file, as `documents.extract` reads it, within limits of time and memory.

    `tick` is called about once a second; where it raises, the reading ends. NothingExtracted, with `limits` where the
    reader was stopped.
    """
    with tempfile.TemporaryDirectory(prefix="extracted-") as folder:
        out = Path(folder) / "document.json"
        asked = {"path": str(path), "media_type": media_type, "encoding": encoding, "name": name, "out": str(out)}
        while not _slots.acquire(timeout=1.0):
            tick()
        try:
            _ask(asked, tick)
        finally:
            _slots.release()
        found = json.loads(out.read_text("utf-8"))
    return Document(**{**found, "links": tuple(Link(**link) for link in found["links"])})


def _ask(asked: dict[str, str], tick: Callable[[], None]) -> None:
    with _server.connect() as connection:
        connection.sendall(json.dumps(asked).encode() + b"\n")
        connection.settimeout(1.0)
        said = b""
        try:
            said = _said(connection, tick)
        finally:
            if not said.partition(b"\n")[2]:
                _kill(said)
    answer = said.partition(b"\n")[2]
    if not answer:
        raise NothingExtracted("limits", _("Reading the document took too much time or memory."))
    refused = json.loads(answer)
    if refused:
        raise NothingExtracted(refused["code"], unpack(refused["message"]))


def _said(connection: socket.socket, tick: Callable[[], None]) -> bytes:
    """All that the reader says before it ends: its process id, and in a second line its answer."""
    said, until = b"", time.monotonic() + SECONDS + 5
    while time.monotonic() < until:
        try:
            piece = connection.recv(65_536)
        except TimeoutError:
            tick()
            continue
        if not piece:
            break
        said += piece
    return said


def _kill(said: bytes) -> None:
    pid = said.partition(b"\n")[0]
    if pid.isdigit():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
