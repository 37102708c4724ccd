"""Snapshots on the real product, while its broker is away and its worker is killed: each is taken once."""

import json
import random
import subprocess
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.factories.web import Web, page, reply, serving
from tests.product import Product, eventually
from workbench.local.valkey import program

TEXT = "The ministry counted 1,240 cases in March.\nA year before it had been 980."
Make = Callable[..., Product]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


class Broker:
    """A Valkey of the test's own, which can be taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.process = folder, _free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--dir", str(self.folder), "--save", "", "--bind", "127.0.0.1"]
        self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
            [str(program()), *options], stdout=subprocess.DEVNULL
        )

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    found = Broker(tmp_path)
    yield found
    found.kill()


class Client:
    """A manager of the product with a program."""

    def __init__(self, product: Product) -> None:
        product.manage("create_user", "ann", "--password", "a-long-pass-91")
        self.token = product.manage("create_token", "ann").split()[-1]
        self.url = product.url
        self.call("POST", "projects/", {"slug": "desk", "name": "Desk"})

    def call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", body, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def add(self, url: str) -> tuple[str, float]:
        """The id of a new source, and the seconds it took to be answered."""
        begun = time.monotonic()
        source = self.call("POST", "projects/desk/sources/", {"url": url})
        return source["id"], time.monotonic() - begun

    def states(self, sources: list[str]) -> list[str]:
        """How every snapshot of these sources stands."""
        found = [self.call("GET", f"sources/{source}/snapshots/")["results"] for source in sources]
        return [snapshot["state"] for snapshots in found for snapshot in snapshots]


def settings(web: Web) -> dict[str, str]:
    return {
        "FETCH": "true",
        "FETCH_PORTS": str(web.port),
        "FETCH_ALLOW_NETWORKS": "127.0.0.0/8",
        "FETCH_PAUSE_MS": "0",
    }


def asked_without_a_broker(make: Make, web: Web, broker: Broker, n: int) -> float:
    """The longest that anybody waited for an answer, in seconds."""
    web.pages |= {f"/{k}": page(TEXT, title=f"Report {k}") for k in range(n)}
    client = Client(make(CELERY_BROKER_URL=broker.url, **settings(web)))
    broker.kill()
    answers = [client.add(web.url(f"/{k}")) for k in range(n)]
    sources = [source for source, _seconds in answers]
    assert client.states(sources) == ["queued"] * n
    broker.start()
    begun = time.monotonic()
    assert eventually(lambda: len({path for path in web.asked if path != "/robots.txt"}) == n, 60)
    assert eventually(lambda: client.states(sources[-5:]) == ["fetched"] * len(sources[-5:]), 60)
    assert eventually(lambda: client.states(sources) == ["fetched"] * n, 60)
    assert time.monotonic() - begun < 30
    assert sorted(path for path in web.asked if path != "/robots.txt") == sorted(f"/{k}" for k in range(n))
    return max(seconds for _id, seconds in answers)


def test_what_is_asked_while_the_broker_is_away_runs_when_it_is_back(
    product_factory: Make, web: Web, broker: Broker
) -> None:
    # Other tests run beside: that nobody waits for a connection to the broker, which would take seconds.
    assert asked_without_a_broker(product_factory, web, broker, 20) < 3


@pytest.mark.soak
def test_two_hundred_of_them(product_factory: Make, web: Web, broker: Broker) -> None:
    assert asked_without_a_broker(product_factory, web, broker, 200) < 0.5


def killed_in_between(make: Make, web: Web, times: int) -> None:
    product = make(**settings(web))
    client, chance = Client(product), random.Random(times)
    web.pages |= {f"/{k}": _slowly(page(TEXT, title=f"Report {k}")) for k in range(times * 3)}
    sources = []
    for turn in range(times):
        sources += [client.add(web.url(f"/{turn * 3 + k}"))[0] for k in range(3)]
        time.sleep(chance.random() * 1.2)
        _kill_fetcher(product)
    assert eventually(lambda: client.states(sources) == ["fetched"] * len(sources), 120), client.states(sources)
    told = product.manage("verify_snapshots")
    assert told == f"{len(sources)} snapshots are what was received.\n"
    events = client.call("GET", "projects/desk/events/?limit=200")["results"]
    verbs = [event["verb"] for event in events if event["verb"].startswith("snapshot.")]
    assert (verbs.count("snapshot.requested"), verbs.count("snapshot.fetched")) == (len(sources), len(sources))
    assert len(verbs) == 2 * len(sources)
    assert len(list((product.home / "files").glob("??/??/*"))) == len(sources)


def _trickle(request: Any) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x")
        time.sleep(1)


def _endless(request: Any) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    while True:
        request.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _heads(request: Any) -> None:
    request.send_response(200)
    for number in range(10_000):
        request.send_header(f"X-{number}", "x" * 1000)
    request.end_headers()


def _bomb(request: Any) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(1000)) + packer.flush()
    reply(body, **{"Content-Encoding": "gzip"})(request)


HOSTILE = {
    "/trickle": _trickle,
    "/endless": _endless,
    "/heads": _heads,
    "/bomb": _bomb,
    "/nested": reply(b"<html><body>" + b"<div>" * 100_000 + b"deep"),
    "/long": reply(b"<html><body><p>" + b"x" * 1_000_000),
}


@pytest.mark.soak
def test_hostile_hosts_delay_nobody_and_fill_no_memory(product_factory: Make, web: Web) -> None:
    product = product_factory(**settings(web))
    web.pages |= {f"/{k}": page(TEXT, title=f"Report {k}") for k in range(12)} | HOSTILE
    client = Client(product)
    warm, _seconds = client.add(web.url("/0"))
    assert eventually(lambda: client.states([warm]) == ["fetched"], 30)
    [fetcher] = [each for each in psutil.Process(product.pid).children() if "fetching" in each.cmdline()]
    before = most = fetcher.memory_info().rss
    bad = [client.add(web.url(path))[0] for path in HOSTILE for _ in range(2)]
    for k in range(1, 12):
        begun = time.monotonic()
        good, _seconds = client.add(web.url(f"/{k}"))
        assert eventually(lambda good=good: client.states([good]) == ["fetched"], 20)
        assert time.monotonic() - begun < 5
        most = max(most, fetcher.memory_info().rss)
        time.sleep(1)
    assert eventually(lambda: not {"queued", "fetching"} & set(client.states(bad)), 100), client.states(bad)
    most = max(most, fetcher.memory_info().rss)
    assert most - before < 64_000_000
    ended = [client.call("GET", f"sources/{each}/snapshots/")["results"][0] for each in bad]
    assert all(one["reason"] or one["text_note"] or one["text_sha256"] for one in ended)
    assert {one["reason_code"] for one in ended} >= {"timeout", "too_large"}


def _slowly(answer: Any) -> Any:
    def slow(request: Any) -> None:
        time.sleep(0.3)
        answer(request)

    return slow


def _kill_fetcher(product: Product) -> None:
    for child in psutil.Process(product.pid).children(recursive=True):
        if "fetching" in child.cmdline():
            child.kill()


def test_a_killed_worker_leaves_one_snapshot_one_file_and_one_event_each(product_factory: Make, web: Web) -> None:
    killed_in_between(product_factory, web, 2)


@pytest.mark.soak
def test_killed_ten_times(product_factory: Make, web: Web) -> None:
    killed_in_between(product_factory, web, 10)
