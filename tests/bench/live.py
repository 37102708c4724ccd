"""What a second person waits for, and what waiting costs: from a change to its paint elsewhere, and idle streams."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.bench.client import API, Measured
from tests.bench.machine import memory_of
from tests.bench.reading import MIDDLE
from tests.bench.table import Table
from tests.bench.world import World
from tests.browser.chromium import launch_options

MEGABYTE = 1024 * 1024
PAUSE = 3.0  # seconds between two changes: people act now and then
PATIENCE = 30.0  # seconds

# Promises the time (seconds since 1970) at which the words stand on the screen: two frames after they are put there.
# Where they do not come, it fails: a page does not wait by itself.
WATCH = """
([words, patience]) => {
  window.painted = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`not painted: ${words}`)), patience * 1000);
    const look = () => {
      if (!document.querySelector("main").textContent.includes(words)) return;
      observer.disconnect();
      const tell = () => done((performance.timeOrigin + performance.now()) / 1000);
      requestAnimationFrame(() => requestAnimationFrame(tell));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
}
"""


def follow(world: World, table: Table, slug: str, article: str) -> None:
    """Both figures."""
    _paint(world, table, slug, article)
    _idle(world, table, slug)


def _paint(world: World, table: Table, slug: str, article: str) -> None:
    """Somebody gives an open article another title, while another has the list of articles open in Chromium."""
    measured = Measured()
    with _window(world, f"/projects/{slug}/articles/") as page:
        page.get_by_text("live", exact=True).wait_for()
        for number in range(world.sizes.changes):
            time.sleep(PAUSE)
            words = f"Painted {number} {world.name}"
            page.evaluate(WATCH, [words, PATIENCE])
            began = time.time()
            world.api("PATCH", f"articles/{article}/", {"title": words})
            measured.times.append(page.evaluate("window.painted") - began)
    table.time("change to paint in a second browser, p50", measured.at(MIDDLE), aim="300 ms")
    table.time("change to paint in a second browser, slowest", max(measured.times) * 1000)


@contextmanager
def _window(world: World, path: str) -> Iterator[Page]:
    """A page in Chromium, of the first reviewer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context(base_url=world.url)
        session = world.people[world.reviewers[0]]["session"]
        context.add_cookies([{"name": "sessionid", "value": session, "url": world.url}])
        page = context.new_page()
        page.goto(path)
        yield page
        browser.close()


def _idle(world: World, table: Table, slug: str) -> None:
    """Many streams on which nothing comes but their beat."""
    request = world.manager.request("GET", f"{API}projects/{slug}/events/").replace(
        b"\r\n\r\n", b"\r\nAccept: text/event-stream\r\n\r\n", 1
    )
    before = memory_of(world.product.pid, "web")
    streams = [_opened(world.url, request) for _ in range(world.sizes.streams)]
    for stream in streams:
        _until(stream, b"event: position")
    time.sleep(world.sizes.watched)
    taken = memory_of(world.product.pid, "web") - before
    for stream in streams:
        stream.close()
    table.words(f"{len(streams)} idle streams: memory", f"{taken / MEGABYTE:,.0f} MB", aim="150 MB")


def _opened(url: str, request: bytes) -> socket.socket:
    parts = urlsplit(url)
    stream = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
    stream.sendall(request)
    return stream


def _until(stream: socket.socket, words: bytes) -> None:
    told = b""
    while words not in told:
        part = stream.recv(1 << 14)
        assert part, f"The stream ended after {told[:500]!r}"
        told += part
