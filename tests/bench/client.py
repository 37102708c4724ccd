"""A light client of the HTTP API: it shares the processor with what it measures, so it does as little as it can."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

API = "/api/v1/"
END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True)
class Sender:
    """Who sends: the header lines that say so, a token's or a session's."""

    headers: str

    @classmethod
    def token(cls, key: str) -> "Sender":
        """A program with an API token."""
        return cls(f"Authorization: Token {key}\r\n")

    @classmethod
    def session(cls, key: str) -> "Sender":
        """A browser that is signed in."""
        return cls(f"Cookie: sessionid={key}\r\n")

    def request(self, method: str, path: str, data: Any = None) -> bytes:
        """One request over a kept connection, with `data` as JSON."""
        body = b"" if data is None else orjson.dumps(data)
        typed = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{self.headers}{typed}\r\n".encode() + body


@dataclass
class Measured:
    """How long each answer took, in seconds, and how long all of them took together."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        """The time within which this share of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


class Connection:
    """One kept connection: send a request, read its answer."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def close(self) -> None:
        self.socket.close()

    def ask(self, request: bytes) -> Any:
        """The answer's JSON. AssertionError with the answer for any status but 2xx."""
        self.socket.sendall(request)
        while (answer := self.receive()) is None:
            pass
        return orjson.loads(answer) if answer else None

    def receive(self) -> bytes | None:
        """Read once; the body where the answer is complete. AssertionError for any status but 2xx."""
        part = self.socket.recv(1 << 18)
        assert part, f"The server closed the connection after {self._received[:500]!r}"
        self._received += part
        head, found, body = self._received.partition(END)
        if not found or len(body) < _length(head):
            return None
        self._received = b""
        assert head[9:10] == b"2", f"{head.decode()}\n\n{body[:1000].decode(errors='replace')}"
        return body


def drive(url: str, lines: Sequence[Iterator[bytes]], seconds: float) -> Measured:
    """Send the requests of each line over a connection of its own, one after the other, all lines side by side.

    Ends with the last request, or after so many seconds with what was under way. One thread, one loop.
    """
    measured = Measured()
    with selectors.DefaultSelector() as ready:
        began = time.perf_counter()
        for line in lines:
            connection = Connection(url)
            ready.register(connection.socket, selectors.EVENT_READ, (connection, line, [began]))
        for key in list(ready.get_map().values()):
            _send_next(ready, key, began + seconds)
        while ready.get_map():
            for key, _ in ready.select():
                connection, _line, sent = key.data
                if connection.receive() is not None:
                    measured.times.append(time.perf_counter() - sent[0])
                    _send_next(ready, key, began + seconds)
        measured.seconds = time.perf_counter() - began
    return measured


def _send_next(ready: selectors.BaseSelector, key: selectors.SelectorKey, until: float) -> None:
    connection, line, sent = key.data
    request = next(line, None) if time.perf_counter() < until else None
    if request is None:
        ready.unregister(connection.socket)
        connection.close()
        return
    sent[0] = time.perf_counter()
    connection.socket.sendall(request)


def _length(head: bytes) -> int:
    """The length an answer announces; what the bench asks for is never sent in chunks."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line[len(LENGTH) :])
    raise AssertionError(f"An answer of unannounced length: {head.decode()}")
