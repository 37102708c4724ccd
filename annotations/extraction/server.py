"""Reads documents in children with limits: `python -m annotations.extraction.server FOLDER`.

The libraries are loaded once; for each document a child is forked from here, which costs milliseconds. It listens on a
socket in the folder, and ends when its standard input is closed: then whoever started it is gone.
"""

import json
import os
import resource
import select
import signal
import socket
import sys
from dataclasses import asdict
from pathlib import Path

from annotations.extraction.documents import NothingExtracted, extract
from annotations.messages import pack

SOCKET = "extraction.sock"
MEMORY = 512 * 1024 * 1024  # bytes above what the libraries take
CPU_SECONDS = 20
SECONDS = 30
ANSWER_BYTES = 30_000_000


def serve(folder: Path) -> None:
    """Fork a child for every connection until standard input is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are collected by the kernel
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET))
        listener.listen(64)
        while True:
            ready, _w, _x = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _peer = listener.accept()
            if os.fork() == 0:
                listener.close()
                _child(connection)
            connection.close()


def _child(connection: socket.socket) -> None:
    """Answer one request and end, whatever happens."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.sendall(f"{os.getpid()}\n".encode())
        asked = json.loads(connection.makefile("rb").readline())
        limit()
        connection.sendall(json.dumps(answer(asked)).encode())
    finally:
        os._exit(0)


def limit() -> None:
    """Bound this process: time, memory, files. Past a limit it is killed, and its reader told by the silence."""
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_size() + MEMORY, _size() + MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER_BYTES, ANSWER_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def answer(asked: dict[str, str]) -> dict[str, object]:
    """What is said of one request: `{}` once the document is written to its `out`, else the refusal."""
    body = Path(asked["path"]).read_bytes()
    try:
        found = extract(body, asked["media_type"], encoding=asked["encoding"], name=asked["name"])
        Path(asked["out"]).write_text(json.dumps(asdict(found)), "utf-8")
    except NothingExtracted as error:
        return {"code": error.code, "message": pack(error.message)}
    return {}


def _size() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
