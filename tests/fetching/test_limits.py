"""A fetch stays inside its limits, whatever the other end does, and keeps what went over the wire."""

import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.fetching.addresses import networks
from annotations.fetching.asking import Hop
from annotations.fetching.client import fetch
from annotations.fetching.policy import Policy
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed

Talk = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def serve() -> Iterator[Callable[[Talk], int]]:
    """Serves one way of answering on a port of this machine."""
    open_sockets: list[socket.socket] = []

    def served(talk: Talk) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        open_sockets.append(listening)
        threading.Thread(target=_answer_all, args=(listening, talk), daemon=True).start()
        port: int = listening.getsockname()[1]
        return port

    yield served
    for each in open_sockets:
        each.close()


def _answer_all(listening: socket.socket, talk: Talk) -> None:
    while True:
        try:
            connection, _peer = listening.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection, talk), daemon=True).start()


def _answer(connection: socket.socket, talk: Talk) -> None:
    try:
        with connection:
            talk(connection)
    except OSError:
        pass


def policy(port: int, **more: Any) -> Policy:
    limits = {"seconds": 2.0, "most_bytes": 200_000, "robots": False, **more}
    return Policy("test/1", ports=(port,), allowed=networks(["127.0.0.0/8"]), **limits)


def fetched(port: int, folder: Path, path: str = "/", scheme: str = "http", **more: Any) -> tuple[Hop, list[Hop]]:
    trail: list[Hop] = []
    limits = {name: more.pop(name) for name in ("seconds", "most_bytes", "robots", "redirects") if name in more}
    return fetch(f"{scheme}://127.0.0.1:{port}{path}", folder, policy(port, **limits), trail=trail, **more), trail


def heard(connection: socket.socket) -> bytes:
    """The head of the request."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += connection.recv(4096)
    return said


def endless(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")


def slow(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)


def silent(connection: socket.socket) -> None:
    heard(connection)
    time.sleep(30)


def many_headers(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD)
    for number in range(10_000):
        connection.sendall(b"X-%d: %s\r\n" % (number, b"x" * 1000))


def large(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Content-Length: 400000\r\n\r\n" + b"x" * 400_000)


def cut(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nshort")


def reset(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nx")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def garbage(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(os.urandom(5000))


def bad_chunk(connection: socket.socket) -> None:
    heard(connection)
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx")


@pytest.mark.parametrize(
    ("talk", "code"),
    [
        (endless, "too_large"), (slow, "timeout"), (silent, "timeout"), (many_headers, "protocol too_large"),
        (large, "too_large"), (cut, "protocol"), (reset, "protocol"), (garbage, "protocol"), (bad_chunk, "protocol"),
    ],
)  # fmt: skip
def test_it_ends_failed_with_a_reason_in_its_time(
    serve: Callable[[Talk], int], tmp_path: Path, talk: Talk, code: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(Failed) as failed:
        fetched(serve(talk), tmp_path)
    assert failed.value.code in code.split()
    assert time.monotonic() - begun < 2.0 + 1.5


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(Failed, match="does not answer"):
            fetched(port, tmp_path)


def test_what_is_asked_to_stop_stops(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    turns = iter([False, True])

    def tick() -> None:
        if next(turns):
            raise Stopped

    begun = time.monotonic()
    with pytest.raises(Stopped):
        fetched(serve(slow), tmp_path, tick=tick, seconds=30)
    assert time.monotonic() - begun < 5


def test_the_wire_is_kept_as_it_was(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    said: list[bytes] = []
    answer = HEAD.replace(b"OK", b"Fine") + b"x-ODD:  a \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"

    def talk(connection: socket.socket) -> None:
        said.append(heard(connection))
        connection.sendall(answer)

    last, trail = fetched(serve(talk), tmp_path)
    assert (last.response.read_bytes(), last.body.read_bytes()) == (answer, b"abc")
    assert last.request == said[0]
    assert b"Accept-Encoding: identity" in said[0] and b"Cookie" not in said[0]
    assert trail == [last] and last.address == "127.0.0.1"


def test_a_redirect_in_utf_8_is_followed_as_browsers_do(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    asked: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        asked.append(heard(connection).split()[1])
        onward = "Location: /straße\r\n".encode() if len(asked) == 1 else b""
        status = b"HTTP/1.1 302 Found\r\n" if onward else HEAD
        connection.sendall(status + onward + b"Content-Length: 0\r\n\r\n")

    fetched(serve(talk), tmp_path)
    assert asked == [b"/", b"/stra%C3%9Fe"]


def test_a_redirect_in_no_known_writing_is_refused(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    def talk(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\xff\r\nContent-Length: 0\r\n\r\n")

    with pytest.raises(Refused):
        fetched(serve(talk), tmp_path)


def test_packed_although_nobody_asked_it_stays_as_it_came(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    packed = b"\x1f\x8b" + b"not really"

    def talk(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)

    assert fetched(serve(talk), tmp_path)[0].body.read_bytes() == packed


def test_a_certificate_that_nobody_vouches_for_is_refused(serve: Callable[[Talk], int], tmp_path: Path) -> None:
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem"
    subprocess.run(["openssl", *made.split()], cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")

    def talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as inner:
            heard(inner)

    with pytest.raises(Failed) as failed:
        fetched(serve(talk), tmp_path, scheme="https")
    assert failed.value.code == "tls" and "self" in str(failed.value)


def robots(answer: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        about = heard(connection)
        page = b"Content-Length: 4\r\n\r\npage"
        connection.sendall(answer if b"/robots.txt" in about else HEAD + page)

    return talk


def rules(text: bytes) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(text) + text


@pytest.mark.parametrize(
    ("answer", "may"),
    [
        (rules(b"User-agent: *\nDisallow: /"), False),
        (rules(b"User-agent: other\nDisallow: /"), True),
        (rules(b"User-agent: test\nDisallow: /private"), True),
        (rules(b"x" * 150_000), True),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", True),
        (rules(b"\xef\xbb\xbfUser-agent: TEST # us\nUser-agent: b\nDisallow: /"), False),
        (rules(b"User-agent: tes\nDisallow: /"), True),
        (rules(b"User-agent: *\nDisallow: /\nUser-agent: test\nAllow: /"), True),
        (rules(b"User-agent: test\nDisallow:\nUser-agent: *\nDisallow: /"), True),
    ],
)
def test_robots_are_obeyed(serve: Callable[[Talk], int], tmp_path: Path, answer: bytes, may: bool) -> None:
    port = serve(robots(answer))
    if may:
        assert fetched(port, tmp_path, robots=True)[0].body.read_bytes() == b"page"
        return
    with pytest.raises(Refused) as refused:
        fetched(port, tmp_path, robots=True)
    assert refused.value.code == "robots"


def test_a_host_that_cannot_say_now_is_asked_again_after_a_minute(
    serve: Callable[[Talk], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", rules(b"User-agent: *\nAllow: /")]

    def talk(connection: socket.socket) -> None:
        robots(answers[0])(connection)

    port = serve(talk)
    for _turn in range(2):
        with pytest.raises(Failed) as failed:
            fetched(port, tmp_path, robots=True)
        assert failed.value.code == "robots"
        del answers[:-1]
    later = time.monotonic() + 61
    monkeypatch.setattr("annotations.fetching.robots.time.monotonic", lambda: later)
    assert fetched(port, tmp_path, robots=True)[0].body.read_bytes() == b"page"
