"""A real Label Studio imports what a release holds for it, keeps it, and draws every region on its characters."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Route, sync_playwright

from tests.browser.chromium import launch_options
from tests.outside.environments import python_of

pytestmark = pytest.mark.soak

PERSON = {"email": "a@studio.example", "password": "not a secret"}
SILENT = {"COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": ""}


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[str]:
    """The address of a Label Studio with one user."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    program = python_of("labelstudio").with_name("label-studio")
    person = ["--username", PERSON["email"], "--password", PERSON["password"]]
    place = [
        "--no-browser",
        "--internal-host",
        "127.0.0.1",
        "--port",
        str(port),
        "--data-dir",
        str(tmp_path / "studio"),
    ]
    own = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DATABASE"))}
    with (tmp_path / "studio.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "start", *place, *person], cwd=tmp_path, env={**own, **SILENT}, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/user/login/", process)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "Label Studio did not start"
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("Label Studio does not answer")


def signed_in(studio: str) -> httpx.Client:
    client = httpx.Client(base_url=studio, headers={"Referer": studio}, timeout=60)
    client.get("/user/login/")
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    assert client.post("/user/login/", data=PERSON).status_code == 302
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return client


def imported(client: httpx.Client, release: Path) -> list[dict[str, Any]]:
    """A new project's tasks, as Label Studio exports them again."""
    config = (release / "labelstudio_config.xml").read_text()
    made = client.post("/api/projects", json={"title": "A release", "label_config": config})
    assert made.status_code == 201, made.text
    path = f"/api/projects/{made.json()['id']}"
    answer = client.post(f"{path}/import", json=json.loads((release / "labelstudio.json").read_text()))
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = client.get(f"{path}/export", params={"exportType": "JSON"}).json()
    return found


def said(task: dict[str, Any]) -> list[str]:
    """What a task's annotations hold, in an order of their own: ids and their makers are Label Studio's."""
    kept = ("ground_truth", "lead_time", "was_cancelled", "result")
    return sorted(json.dumps({name: one[name] for name in kept}, sort_keys=True) for one in task["annotations"])


def test_a_release_is_imported_whole_and_drawn_where_it_belongs(release: Path, studio: str) -> None:
    ours = json.loads((release / "labelstudio.json").read_text())
    client = signed_in(studio)
    theirs = {task["data"]["article_id"]: task for task in imported(client, release)}
    assert len(theirs) == len(ours)
    for task in ours:
        assert theirs[task["data"]["article_id"]]["data"] == task["data"]
        assert said(theirs[task["data"]["article_id"]]) == said(task)
    [marked] = [task for task in theirs.values() if "👩🏽\u200d🚒" in task["data"]["text"]]
    shown = drawn(studio, client, f"{studio}/projects/{marked['project']}/data?task={marked['id']}")
    assert shown == [result["value"]["text"] for result in marked["annotations"][0]["result"]]
    assert len(shown) == 2


def drawn(studio: str, client: httpx.Client, address: str) -> list[str]:
    """The words of the regions that a person sees on a page."""

    def guard(route: Route) -> None:
        route.continue_() if route.request.url.startswith(studio) else route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        context = browser.new_context()
        context.add_cookies([{"name": name, "value": value, "url": studio} for name, value in client.cookies.items()])
        page = context.new_page()
        page.route("**/*", guard)
        page.goto(address)
        page.locator(".htx-highlight").first.wait_for(timeout=60_000)
        words: list[str] = page.locator(".htx-highlight").all_text_contents()
        browser.close()
    return words
