"""Chromium, the product under uvicorn in a thread, and windows of people who are signed in.

`site` is the address; `windows(user)` opens a page in a browser profile of the user's own. A window fails its test
where the console warned, a script broke, the Content-Security-Policy was violated or an answer was a 5xx, or
something was asked of another host.
"""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from annotations.accounts.models import User
from tests.browser.chromium import launch_options
from tests.personas import BACKEND

Windows = Callable[..., Page]

# What a page is expected to show may take a while where two suites share two cores.
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium where there is one; else the one that playwright installed."""
    return {**browser_type_launch_args, **launch_options()}


class Site:
    """The product, which knows how many requests it is busy with: a page that is left may have some on their way."""

    def __init__(self, application: Any) -> None:
        self.application, self.running, self.address = application, 0, ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.running += 1
        try:
            await self.application(scope, receive, send)
        finally:
            self.running -= 1

    def rest(self) -> None:
        """Wait until it has had nothing to do for a while, at most ten seconds: emptying tables under it would be a
        deadlock, and what a page sends as it closes may still be on its way."""
        until, quiet = time.monotonic() + 10, 0
        while quiet < 2 and time.monotonic() < until:
            quiet = 0 if self.running or _others_work() else quiet + 1
            time.sleep(0.01)


def _others_work() -> bool:
    """Whether another connection to the database is in a transaction."""
    busy = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE {busy} AND state <> 'idle')")
        return bool(cursor.fetchone()[0])


@pytest.fixture(scope="session")
def _server(django_db_setup: None) -> Iterator[Site]:
    from workbench.asgi import application

    site = Site(application)
    config = uvicorn.Config(site, "127.0.0.1", 0, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    site.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield site
    server.should_exit = True
    thread.join()


@pytest.fixture
def site(_server: Site, transactional_db: None) -> Iterator[str]:
    """The address of the running product, over an empty database of the test's own."""
    yield _server.address
    _server.rest()
    connections.close_all()


@pytest.fixture
def windows(site: str, browser: Browser) -> Iterator[Windows]:
    """Opens windows: `windows(user, path="/", width=1440, dark=False, **options of the browser's context)`."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def window(
        user: User | None = None, path: str = "/", *, width: int = 1440, dark: bool = False, **more: Any
    ) -> Page:
        scheme = "dark" if dark else "light"
        size = {"width": width, "height": 900}
        context = browser.new_context(
            base_url=site, viewport=size, color_scheme=scheme, reduced_motion="reduce", **more
        )
        opened.append(context)
        if user is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}])
        page = context.new_page()
        _watch(page, site, wrong)
        page.goto(path)
        return page

    yield window
    for context in opened:
        context.close()
    assert wrong == []


def session_of(user: User) -> str:
    """The cookie of a new session of the user's."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _watch(page: Page, site: str, wrong: list[str]) -> None:
    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 500:
            wrong.append(f"{response.status} {response.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "blob:", "data:")):
            wrong.append(f"asked of another host: {request.url}")

    page.on("console", said)
    page.on("request", asked)
    page.on("response", answered)
    page.on("pageerror", lambda error: wrong.append(str(error)))
