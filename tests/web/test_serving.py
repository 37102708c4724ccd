"""The product's own way from the server to Django, under the real server."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import orjson
import pytest
import uvicorn
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.db import connection

from annotations.accounts.models import User
from annotations.accounts.services import create_token
from annotations.web import serving
from tests.web.endpoints import Gate

Asked = tuple[http.client.HTTPConnection, http.client.HTTPResponse]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server that runs for one test."""
    server = uvicorn.Server(uvicorn.Config(serving.OneHop(), port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Asked:
    """The answer, of which the body is still to be read."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request(method, path, body, headers)
    return client, client.getresponse()


def told(port: int, path: str, **more: Any) -> tuple[int, bytes]:
    client, answer = ask(port, path, **more)
    with closing(client):
        return answer.status, answer.read()


def test_requests_and_refusals(port: int) -> None:
    _, key = create_token(User.objects.create_user("ann"))
    headers = {"Authorization": f"Token {key}", "Content-Type": "application/json", "Idempotency-Key": "one"}
    for _ in range(2):
        status, body = told(port, "/api/v1/tokens/", method="POST", body=b'{"name": "a"}', **headers)
        assert (status, orjson.loads(body)["name"]) == (201, "a")
    assert told(port, "/api/v1/nowhere/")[0] == 404
    assert told(port, "/api/v1/raise/bug/")[0] == 500
    assert told(port, "/pages/raise/state/")[0] == 409


def test_bytes_that_are_no_text_are_a_problem_too() -> None:
    """uvicorn refuses them by itself; another server might not."""

    async def answer() -> tuple[Any, Any]:
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"q=\xff", "headers": []}
        server = ApplicationCommunicator(serving.OneHop(), scope)
        await server.send_input({"type": "http.request"})
        return await server.receive_output(), await server.receive_output()

    start, body = async_to_sync(answer)()
    assert (start["status"], orjson.loads(body["body"])["type"]) == (400, "/problems/bad-request")


def test_one_connection_serves_many_requests(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with closing(client):
        for _ in range(3):
            client.request("GET", "/api/v1/public/")
            assert orjson.loads(client.getresponse().read()) == {"who": ""}


def test_more_than_a_request_may_have_is_413(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MAX_REQUEST", 1000)
    status, body = told(port, "/api/v1/notes/", method="POST", body=b"a" * 1001)
    assert (status, orjson.loads(body)["type"]) == (413, "/problems/too-large")
    assert told(port, "/api/v1/notes/", method="POST", body=b"a" * 1000)[0] == 401


def test_parts_are_sent_as_they_come(port: int) -> None:
    for path in ("/pages/parts/", "/pages/async-parts/"):
        client, answer = ask(port, path)
        with closing(client):
            assert answer.read(5) == b"first"
            Gate.open.set()
            assert answer.read() == b"second"
        Gate.open.clear()


def test_a_file_arrives_whole(port: int) -> None:
    status, body = told(port, "/pages/file/")
    assert (status, body) == (200, bytes(range(256)) * 2000)


def test_waiting_streams_keep_neither_threads_nor_connections(port: int) -> None:
    """More streams than there are workers and database connections, each of which asked the database first."""
    with ExitStack() as stack:
        for _ in range(30):
            client, answer = ask(port, "/pages/async-parts/")
            stack.enter_context(closing(client))
            assert answer.read(5) == b"first"
        assert told(port, "/pages/quiet/") == (200, b"0 people")
        Gate.open.set()


def connections_in_use() -> int:
    stats = connection.pool.get_stats()
    return stats["pool_size"] - stats["pool_available"]


def test_a_stream_gives_its_connection_back_before_it_begins(port: int) -> None:
    told(port, "/pages/quiet/")
    before = connections_in_use()
    for path in ("/pages/async-parts/", "/pages/parts/"):
        client, answer = ask(port, path)
        with closing(client):
            assert answer.read(5) == b"first"
            assert connections_in_use() == before
    Gate.open.set()


def test_slow_readers_keep_no_worker(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(serving.WORKERS + 2):
            client, answer = ask(port, "/pages/parts/")
            stack.enter_context(closing(client))
            assert answer.read(5) == b"first"
        assert told(port, "/pages/quiet/")[0] == 200
        Gate.open.set()


def test_a_stream_ends_when_its_reader_leaves(port: int) -> None:
    client, answer = ask(port, "/pages/async-parts/")
    assert answer.read(5) == b"first"
    assert not Gate.entered.is_set()
    answer.close()
    client.close()
    assert Gate.entered.wait(20)


def test_what_breaks_in_the_middle_is_seen_to_be_broken(port: int) -> None:
    client, answer = ask(port, "/pages/broken/")
    with closing(client), pytest.raises(http.client.IncompleteRead):
        answer.read()
    assert told(port, "/pages/quiet/")[0] == 200
