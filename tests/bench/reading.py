"""The rows of the bench that read: articles, lists, pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice
from typing import Any

from tests.bench.client import API, Measured, drive
from tests.bench.table import Table
from tests.bench.world import World

SECONDS = 12.0  # at most, for each row
MIDDLE = 0.5


@dataclass(frozen=True)
class Reading:
    """One row: what somebody reads, as the paths of each turn; turns follow one another over one connection."""

    what: str
    person: str
    turns: list[tuple[str, ...]]
    aim: str = ""
    page: bool = False

    def requests(self, world: World) -> Iterator[bytes]:
        """All turns, from the first again after the last."""
        sender = world.browser(self.person) if self.page else world.sender(self.person)
        ready = [[sender.request("GET", path) for path in turn] for turn in self.turns]
        return chain.from_iterable(islice(cycle(ready), world.sizes.reads))

    def measured(self, world: World) -> Measured:
        """The time of each whole turn."""
        times = drive(world.url, [self.requests(world)], SECONDS).times
        steps = len(self.turns[0])
        whole = len(times) // steps * steps
        return Measured([sum(times[start : start + steps]) for start in range(0, whole, steps)])

    def questions(self, world: World) -> list[dict[str, Any]]:
        """The first turn, for `tests.bench.inside`."""
        who = world.people[self.person]
        key = {"session": who["session"]} if self.page else {"token": who["token"]}
        return [{"method": "GET", "path": path, **key} for path in self.turns[0]]


def readings(slug: str, opened: list[str], long: str) -> list[Reading]:
    """Every row that reads: `opened` articles have labels, the `long` one more than a hundred claims."""
    texts = [f"{API}articles/{id}/" for id in opened]
    claims = [f"{path}claims/" for path in texts]
    me = "reviewer-1"
    return [
        Reading("article: its text, p50", me, [(path,) for path in texts]),
        Reading("article: its claims, p50", me, [(path,) for path in claims]),
        Reading("article with its claims, p50", me, list(zip(texts, claims, strict=True)), "8 ms"),
        Reading("list of 100 articles, p50", "manager", [(f"{API}projects/{slug}/articles/?limit=100",)], "20 ms"),
        Reading("list of 100 claims, p50", "manager", [(f"{API}articles/{long}/claims/?limit=100",)]),
        Reading("page: labelling room, p50", me, [(f"/articles/{id}/",) for id in opened], page=True),
        Reading("page: project, p50", me, [(f"/projects/{slug}/",)], page=True),
        Reading("page: list of articles, p50", me, [(f"/projects/{slug}/articles/",)], page=True),
    ]


def read(world: World, table: Table, rows: list[Reading]) -> None:
    """Measure every row, with the SQL of its first turn beside it."""
    statements = world.ask_inside(requests={row.what: row.questions(world) for row in rows})["requests"]
    for row in rows:
        alone = world.replayed_alone(statements[row.what], times=world.sizes.reads)
        table.time(row.what, row.measured(world).at(MIDDLE), aim=row.aim, alone=alone.at(MIDDLE))
