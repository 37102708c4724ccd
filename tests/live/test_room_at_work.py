"""A whole desk at work on the real product: reviewers label over real sessions, streams listen, processes are killed.

Every acknowledged label is there in the end, and each listener has heard exactly what it may know of, however often
its stream was cut.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import psutil
import psycopg
import pytest

from tests.product import Product
from workbench.local import postgres
from workbench.local.home import Home

LABELS = ["attributed_statement", "verifiable_fact", "opinion"]
TEXT = "\n".join(f"Sentence number {number} of article {{article}} says so." for number in range(25))
PASSWORD = "a long way home"  # of people who exist for one test
QUIET_SECONDS = 60.0
UNAVAILABLE = 503  # while a process comes back; any other answer stands
HIRE = """
from annotations.accounts.services import create_token, create_user
from annotations.codebooks.services import start_project
from annotations.projects.services import add_member
boss = create_user("boss")
start_project(boss, slug="desk", name="Desk", labels_per_claim={labels})
print(create_token(boss)[1])
for number in range({reviewers}):
    create_user(f"rev{{number}}", password="{password}")
    add_member(boss, slug="desk", username=f"rev{{number}}", role="reviewer")
"""
HEARD = """
SELECT verb, article_id::text, claim_id::text FROM annotations_event
WHERE stream = %(project)s AND number > %(since)s OR stream = %(own)s
"""

Told = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Size:
    """How many work for how long, and at which shares of the time a web process and the worker are killed."""

    reviewers: int
    streams: int
    seconds: float
    kills: tuple[tuple[float, str], ...]


SMALL = Size(4, 8, 6, ((0.4, "web"), (0.5, "worker")))
WHOLE = Size(50, 200, 60, ((0.2, "web"), (0.4, "worker"), (0.6, "web"), (0.8, "worker")))


@dataclass
class Desk:
    """The product, its claims, and what was acknowledged: `saved` are (claim, reviewer, version, rationale)."""

    product: Product
    size: Size
    articles: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    saved: list[tuple[str, str, int, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    until: float = 0.0


@dataclass
class Listener:
    """One stream of a reviewer: what it has heard, kept only as far as the stream said where it is."""

    name: str
    heard: list[Told] = field(default_factory=list)
    last_id: str = ""
    cuts: int = 0
    resets: int = 0


@pytest.fixture
def desk(product_factory: Any, request: pytest.FixtureRequest) -> Desk:
    """A project with open articles and reviewers, made through the product's own commands and API."""
    product, size = product_factory(), request.param
    many = {"reviewers": size.reviewers, "labels": min(20, size.reviewers - 1)}
    token = product.manage("shell", "-v0", "-c", HIRE.format(**many, password=PASSWORD)).strip()
    desk = Desk(product, size)
    with httpx.Client(base_url=f"{product.url}/api/v1/", headers={"Authorization": f"Token {token}"}) as boss:
        for article in range(4):
            new = boss.post("projects/desk/articles/", json={"text": TEXT.format(article=article), "language": "en"})
            desk.articles.append(new.json()["id"])
            boss.post(f"articles/{desk.articles[-1]}/open/").raise_for_status()
            listed = boss.get(f"articles/{desk.articles[-1]}/claims/?limit=100").json()["results"]
            desk.claims += [claim["id"] for claim in listed]
    return desk


@pytest.mark.parametrize("desk", [SMALL, pytest.param(WHOLE, marks=pytest.mark.soak)], indirect=True)
def test_nothing_acknowledged_is_lost_and_every_listener_hears_what_it_may(desk: Desk) -> None:
    project, since = _counted(desk)
    listeners = asyncio.run(_work(desk))
    assert desk.odd == []
    assert len(desk.saved) > desk.size.reviewers * desk.size.seconds / 2
    with psycopg.connect(postgres.url(Home(desk.product.home))) as connection:
        _check_labels(desk, connection)
        for listener in listeners:
            own = connection.execute("SELECT id FROM annotations_user WHERE username = %s", [listener.name]).fetchone()
            assert own
            values = {"project": f"project:{project}", "since": since, "own": f"project:{project}:actor:{own[0]}"}
            expected = Counter(connection.execute(HEARD, values).fetchall())
            assert Counter(listener.heard) == expected, (listener.name, listener.cuts, listener.resets)
    assert sum(listener.cuts for listener in listeners) > 0


def _counted(desk: Desk) -> tuple[int, int]:
    """The project's key, and the number of its last event before the work began."""
    with psycopg.connect(postgres.url(Home(desk.product.home))) as connection:
        row = connection.execute(
            "SELECT p.id, c.last FROM annotations_project p"
            " JOIN annotations_eventcounter c ON c.stream = 'project:' || p.id WHERE p.slug = 'desk'"
        ).fetchone()
    assert row
    return row


def _check_labels(desk: Desk, connection: psycopg.Connection[Any]) -> None:
    rows = connection.execute(
        "SELECT r.claim_id::text, u.username, r.number, r.rationale FROM annotations_labelrevision r"
        " JOIN annotations_user u ON u.id = r.reviewer_id"
    )
    stored = Counter(rows.fetchall())
    assert Counter(desk.saved) - stored == Counter()
    assert max(stored.values()) == 1


async def _work(desk: Desk) -> list[Listener]:
    """Everybody at once, until the time is over and every listener has had the time to hear the rest."""
    names = [f"rev{number}" for number in range(desk.size.reviewers)]
    async with httpx.AsyncClient(base_url=desk.product.url, limits=httpx.Limits(max_connections=None)) as client:
        cookies = dict(zip(names, [await _signed_in(desk, name) for name in names], strict=True))
        listeners = [Listener(names[number % len(names)]) for number in range(desk.size.streams)]
        listening = [asyncio.create_task(_listen(client, one, cookies[one.name])) for one in listeners]
        while not all(one.last_id for one in listeners):
            await asyncio.sleep(0.05)
        desk.until = time.monotonic() + desk.size.seconds
        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(_label(client, desk, name, cookies[name]))
            group.create_task(_kill(desk))
        await _settled(listeners)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return listeners


async def _signed_in(desk: Desk, name: str) -> dict[str, str]:
    """The cookies of a new session, got at the sign-in page."""
    async with httpx.AsyncClient(base_url=desk.product.url) as browser:
        await browser.get("/sign-in/")
        typed = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        answer = await browser.post("/sign-in/", data=typed)
        assert answer.status_code == 302, answer.text
        return dict(browser.cookies)


async def _label(client: httpx.AsyncClient, desk: Desk, name: str, cookies: dict[str, str]) -> None:
    """One reviewer: labels here and there, hands in a part now and then, sends again what was not answered."""
    dice, turn = random.Random(name), 0
    while time.monotonic() < desk.until:
        turn += 1
        claim = dice.choice(desk.claims)
        content = {"label": dice.choice(LABELS), "rationale": f"{name}, turn {turn}"}
        answer = await _sent(client, "PUT", f"claims/{claim}/label/", content, cookies, f"{name}-{turn}")
        if answer.status_code == 200:
            said = answer.json()
            desk.saved.append((claim, name, said["version"], said["rationale"]))
        elif answer.status_code != 409:
            desk.odd.append(f"{answer.status_code} {answer.text[:200]}")
        if dice.random() < 0.02:
            path = f"articles/{dice.choice(desk.articles)}/hand-in/"
            handed = await _sent(client, "POST", path, {"partial": True}, cookies, f"{name}-hand-{turn}")
            if handed.status_code not in (200, 409):
                desk.odd.append(f"{handed.status_code} {handed.text[:200]}")
        await asyncio.sleep(dice.uniform(0, 0.4))


async def _sent(
    client: httpx.AsyncClient, method: str, path: str, data: Any, cookies: dict[str, str], key: str
) -> httpx.Response:
    """The answer to a write, sent again under the same key until there is one."""
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": cookies["csrftoken"],
        "Idempotency-Key": key,
    }
    while True:
        with suppress(httpx.TransportError):
            answer = await client.request(method, f"/api/v1/{path}", json=data, headers=headers, timeout=20)
            if answer.status_code != UNAVAILABLE:
                return answer
        await asyncio.sleep(0.2)


async def _listen(client: httpx.AsyncClient, listener: Listener, cookies: dict[str, str]) -> None:
    """Read one stream for ever: where it is cut, come back with the last id that came."""
    while True:
        with suppress(httpx.TransportError):
            async with aclosing(_frames(client, listener, cookies)) as frames:
                pending: list[Told] = []
                async for kind, id, data in frames:
                    if kind == "change":
                        pending.append((data["kind"], data["article"], data["claim"]))
                    listener.resets += kind == "reset"
                    if id:
                        listener.last_id = id
                        listener.heard += pending
                        pending = []
        listener.cuts += 1
        await asyncio.sleep(0.5)


async def _frames(
    client: httpx.AsyncClient, listener: Listener, cookies: dict[str, str]
) -> AsyncIterator[tuple[str, str, dict[str, Any]]]:
    headers = {"Accept": "text/event-stream", "Cookie": f"sessionid={cookies['sessionid']}"}
    if listener.last_id:
        headers["Last-Event-ID"] = listener.last_id
    path = "/api/v1/projects/desk/events/"
    async with client.stream("GET", path, headers=headers, timeout=httpx.Timeout(10, read=40)) as answer:
        frame: dict[str, str] = {}
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if line:
                frame[name] = value
                continue
            if "event" in frame:
                yield frame["event"], frame.get("id", ""), orjson.loads(frame.get("data", "{}"))
            frame = {}


async def _kill(desk: Desk) -> None:
    """End web processes and the worker at the times the size names, as a crash would."""
    began = desk.until - desk.size.seconds
    for share, name in desk.size.kills:
        await asyncio.sleep(max(0.0, began + share * desk.size.seconds - time.monotonic()))
        mark = "uvicorn" if name == "web" else "worker"
        children = [child for child in psutil.Process(desk.product.pid).children() if mark in child.cmdline()]
        max(children, key=lambda child: len(child.net_connections())).kill()  # of the web processes, who has streams


async def _settled(listeners: list[Listener]) -> None:
    """Wait until nobody has heard anything new for longer than a beat, with which one's own labels come."""
    before, same, deadline = -1, 0, time.monotonic() + QUIET_SECONDS
    while same < 14 and time.monotonic() < deadline:
        await asyncio.sleep(1)
        heard = sum(len(one.heard) for one in listeners)
        before, same = heard, same + 1 if heard == before else 0
