"""The world of one run: a project with its people on the running product, and a second one for the SQL alone."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.alone import Saves, replayed, saved
from tests.bench.client import API, Connection, Measured, Sender
from tests.bench.machine import MemoryWatch
from tests.product import MANAGE, Product, environment_of_a_person
from workbench.local import postgres
from workbench.local.home import Home

LIMIT = 150.0  # seconds that one long step may take


@dataclass(frozen=True)
class Sizes:
    """How much of everything; the defaults are what docs/bench.md shows."""

    articles: int = 2000
    one: int = 2000  # labels over one connection
    many: int = 8000  # labels over many
    connections: int = 16
    reads: int = 200
    exports: int = 3
    alone: int = 250  # labels of one reviewer through psycopg
    claims: int = 3000  # of the long article, which has 35 words for each
    navigations: int = 10
    presses: int = 60
    frames: int = 150  # of scrolling
    changes: int = 10  # that a second browser waits for
    streams: int = 500
    units: int = 200_000  # of five raters, for alpha
    watched: float = 13.0  # seconds in which each stream is looked after once

    @classmethod
    def quick(cls) -> "Sizes":
        """Enough to see that every step works."""
        few = {"claims": 20, "navigations": 1, "presses": 2, "frames": 10, "changes": 1, "streams": 5, "units": 200}
        return cls(articles=3, one=8, many=12, connections=3, reads=2, exports=1, alone=4, watched=1.0, **few)

    @property
    def reviewers(self) -> int:
        """One for the single connection, and one for each of the many."""
        return 1 + self.connections


@dataclass
class World:
    """The product, who acts on it, and what has been made there."""

    product: Product
    sizes: Sizes
    name: str = field(default_factory=lambda: f"bench-{time.time_ns() // 1_000_000:x}")
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memory = MemoryWatch(self.product.pid)

    @property
    def url(self) -> str:
        return self.product.url

    @property
    def database(self) -> str:
        """The product's own."""
        return postgres.url(Home(self.product.home))

    @property
    def manager(self) -> Sender:
        return self.sender("manager")

    def sender(self, person: str) -> Sender:
        """Somebody with a program."""
        return Sender.token(self.people[person]["token"])

    def browser(self, person: str) -> Sender:
        """Somebody in a browser."""
        return Sender.session(self.people[person]["session"])

    def api(self, method: str, path: str, data: Any = None) -> Any:
        """What the API answers to the manager, outside of what is measured."""
        connection = Connection(self.url)
        try:
            return connection.ask(self.manager.request(method, API + path, data))
        finally:
            connection.close()

    def ask_inside(self, **question: Any) -> dict[str, Any]:
        """Ask `tests.bench.inside`."""
        told, heard = self._inside.stdin, self._inside.stdout
        assert told and heard
        told.write(json.dumps(question) + "\n")
        told.flush()
        line = heard.readline()
        assert line, "tests.bench.inside ended; what it said stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def manage(self, *arguments: str | Path) -> float:
        """How many seconds a management command takes."""
        argv, began = [sys.executable, str(MANAGE), *map(str, arguments)], time.perf_counter()
        done = subprocess.run(argv, **self._program, capture_output=True, timeout=LIMIT, check=False)
        assert done.returncode == 0, f"{argv} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return time.perf_counter() - began

    def __enter__(self) -> "World":
        self.memory.__enter__()
        argv = [sys.executable, "-m", "tests.bench.inside"]
        self._inside = subprocess.Popen(argv, **self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_: object) -> None:
        self._inside.communicate(timeout=LIMIT)
        self.memory.__exit__()

    @property
    def _program(self) -> dict[str, Any]:
        """How programs beside the product are run."""
        person = environment_of_a_person(self.product.home, LOG_LEVEL="WARNING")
        return {"cwd": MANAGE.parent, "env": person, "text": True}

    def meet(self) -> None:
        """Make the people."""
        names = ["manager", *self.reviewers]
        answer = self.ask_inside(people=[self.account(name) for name in names])
        self.people = {name: answer["people"][self.account(name)] for name in names}
        self.statements = answer["saving"]

    @property
    def reviewers(self) -> list[str]:
        return [f"reviewer-{number}" for number in range(self.sizes.reviewers)]

    def account(self, person: str) -> str:
        """Their name on this product; no two runs have the same."""
        return f"{self.name}-{person}"

    def begin(self, slug: str) -> None:
        """A project in which all of them work."""
        self.api("POST", "projects/", {"slug": slug, "name": slug})
        for name in self.reviewers:
            member = {"username": self.account(name), "role": "reviewer"}
            self.api("POST", f"projects/{slug}/members/", member)

    def opened(self, slug: str, wanted: int) -> list[tuple[str, str]]:
        """Open articles of a project until so many claims can be labelled: (claim, article) of each."""
        found: list[tuple[str, str]] = []
        for article in self.api("GET", f"projects/{slug}/articles/?limit=200")["results"]:
            self.api("POST", f"articles/{article['id']}/open/")
            claims = self.api("GET", f"articles/{article['id']}/claims/?limit=200")["results"]
            found += [(claim["id"], article["id"]) for claim in claims]
            if len(found) >= wanted:
                return found[:wanted]
        raise AssertionError(f"{slug} has {len(found)} claims, too few for {wanted} labels.")

    def saves(self, person: str, claims: list[tuple[str, str]], slug: str) -> Saves:
        """Labels of theirs on these claims, for psycopg."""
        who = self.people[person]
        with psycopg.connect(self.database) as connection:
            row = connection.execute("SELECT id, codebook_id FROM annotations_project WHERE slug = %s", [slug])
            project, codebook = row.fetchone() or (0, None)
        return Saves(self.statements, who["id"], who["token"], project, str(codebook), tuple(claims))

    def saved_alone(self, lots: list[Saves], *, prepared: bool = True) -> Measured:
        """Save them through psycopg alone."""
        with self.memory.elsewhere():
            return saved(self.database, lots, prepared=prepared)

    def replayed_alone(self, statements: list[str], *, times: int, writes: bool = False) -> Measured:
        """Send statements through psycopg alone."""
        with self.memory.elsewhere():
            return replayed(self.database, statements, times=times, writes=writes)
