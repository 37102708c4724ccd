"""Sixteen writers on the same claims: nothing doubled, nothing acknowledged lost, no 500, no deadlock, events in order.

Eight reviewers work in two tabs each; meanwhile they hand in, and a manager closes one of the two articles. Each writer
is a thread with a connection of its own. What the answers said is held against what the tables hold afterwards.
"""

import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from django.db import connection, transaction
from django.test import Client

from annotations.audit.models import Event
from annotations.audit.services import record
from annotations.claims.models import Claim
from annotations.labelling.models import Label, LabelRevision
from tests.personas import API, Person, Team, send, team

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16
REVIEWERS = [f"rev{number}" for number in range(THREADS // 2)]
UNITS = [f"Sentence number {number} says so." for number in range(100, 106)]
LABELS = ["attributed_statement", "verifiable_fact", "opinion"]
STREAMS = "SELECT stream, count(*), max(number) FROM annotations_event GROUP BY stream"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@dataclass
class Ledger:
    """What the answers acknowledged: `saved[claim, reviewer]` are (version, rationale, counts)."""

    saved: dict[tuple[str, str], list[tuple[int, str, bool]]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)
    statuses: list[int] = field(default_factory=list)

    def note(self, status: int, claim: str = "", reviewer: str = "", answer: dict[str, Any] | None = None) -> int:
        """Add one answer; how many there are by now."""
        with self.lock:
            self.statuses.append(status)
            if answer:
                said = (answer["version"], answer["rationale"], answer["counts"])
                self.saved[claim, reviewer].append(said)
            return len(self.statuses)


@dataclass(frozen=True)
class Desk:
    """Two open articles with the same kind of units: the reviewers fill one, the manager closes the other."""

    people: Team
    filled: tuple[str, list[str]]
    closed: tuple[str, list[str]]


@pytest.fixture
def desk() -> Desk:
    rules = {"labels_per_claim": len(REVIEWERS)}
    people = team(rules=rules, **dict.fromkeys(REVIEWERS, "reviewer"))
    for name in REVIEWERS:
        people.people[name].key  # noqa: B018  # made here: threads only send
    first, second = ("\n".join([heading, *UNITS]) for heading in ("Morning", "Evening"))
    return Desk(people, people.opened(first, UNITS), people.opened(second, UNITS))


@contextmanager
def watching() -> Iterator[list[str]]:
    """Reads the log all the while; the list names every look at which a number was there before a smaller one."""
    over, faults = threading.Event(), []

    def look() -> None:
        while not over.is_set():
            with connection.cursor() as cursor:
                cursor.execute(STREAMS)
                faults.extend(f"{stream}: {count} of {last}" for stream, count, last in cursor if count != last)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        watcher = pool.submit(look)
        try:
            yield faults
        finally:
            over.set()
            watcher.result()


def at_once(works: list[Callable[[], None]]) -> None:
    """Do all works, each in a thread, from the same moment on; the first error is raised."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        start.wait()
        work()

    with ThreadPoolExecutor(len(works)) as pool:
        done = [pool.submit(run, work) for work in works]
    for one in done:
        one.result()


def tab(desk: Desk, ledger: Ledger, place: int, saves: int) -> Callable[[], None]:
    """One tab of one reviewer: saves labels here and there, now and then names a version, now and then hands in."""
    name, dice = REVIEWERS[place // 2], random.Random(place)
    claims, known = [*desk.filled[1], *desk.closed[1]], dict[str, str]()

    def save(claim: str, turn: int) -> None:
        content = {"label": dice.choice(LABELS), "rationale": f"tab {place}, turn {turn}"}
        match = {"if_match": known[claim]} if claim in known and dice.random() < 0.2 else {}
        response = asked(desk.people.people[name], "PUT", f"claims/{claim}/label/", content, **match)
        known[claim] = response.headers.get("ETag", known.get(claim, '"0"'))
        answer = orjson.loads(response.content) if response.status_code == 200 else None
        if ledger.note(response.status_code, claim, name, answer) == THREADS * saves // 2:
            ledger.note(closing(desk, desk.closed[0]))

    def work() -> None:
        for turn in range(saves):
            save(dice.choice(claims), turn)
            if turn > saves * 0.6 and dice.random() < 2 / saves:
                article = dice.choice([desk.filled[0], desk.closed[0]])
                path, part = f"articles/{article}/hand-in/", {"partial": True}
                ledger.note(asked(desk.people.people[name], "POST", path, part).status_code)

    return work


def asked(person: Person, method: str, path: str, data: Any = None, **headers: str) -> Any:
    """The answer to one request from this thread, whose connection goes back to the pool as a server's does."""
    client = Client(raise_request_exception=False, headers=person.key)
    response = send(client, method, API + path, data, **headers)
    connection.close()
    return response


def closing(desk: Desk, article: str) -> int:
    """The manager closes the article; the status."""
    return int(asked(desk.people.boss, "POST", f"articles/{article}/close/").status_code)


@pytest.mark.parametrize("saves", [8, pytest.param(200, marks=pytest.mark.soak)])
def test_sixteen_writers_lose_nothing(desk: Desk, saves: int) -> None:
    ledger = Ledger()
    with watching() as faults:
        at_once([tab(desk, ledger, place, saves) for place in range(THREADS)])
    assert set(ledger.statuses) <= {200, 409, 412}
    assert ledger.statuses.count(200) > THREADS * saves / 4
    assert faults == []
    check_revisions(ledger)
    check_counted(ledger, desk.closed[1])
    assert closing(desk, desk.filled[0]) == 200
    check_counted(ledger, desk.filled[1])
    check_handed_in(desk)


def check_revisions(ledger: Ledger) -> None:
    """Each acknowledged label is one revision under the version that was said, and there is no other."""
    assert LabelRevision.objects.count() == sum(map(len, ledger.saved.values()))
    assert Label.objects.count() == len(ledger.saved)
    for (claim, reviewer), said in ledger.saved.items():
        rows = LabelRevision.objects.filter(claim=claim, reviewer__username=reviewer).order_by("number")
        assert [(row.number, row.rationale) for row in rows] == sorted(one[:2] for one in said)
        assert [row.number for row in rows] == list(range(1, len(said) + 1))
        label = Label.objects.select_related("current").get(claim=claim, reviewer__username=reviewer)
        assert label.current is not None
        assert label.version == label.current.number == len(said)


def check_counted(ledger: Ledger, claims: list[str]) -> None:
    """On closed claims counts exactly what was acknowledged last while they were open."""
    assert not Claim.objects.filter(pk__in=claims, labelling_closed_at=None).exists()
    labels = Label.objects.select_related("counted", "reviewer").filter(claim__in=claims)
    assert labels
    for label in labels:
        said = ledger.saved[str(label.claim_id), label.reviewer.get_username()]
        assert label.counted is not None
        assert label.counted.number == max(version for version, _, counts in said if counts)


def check_handed_in(desk: Desk) -> None:
    """What was handed in is what counts: in each reviewer's own stream, the last label before the hand-in."""
    handed = Event.objects.filter(verb="label.handed_in")
    assert handed
    for event in handed:
        before = Event.objects.filter(stream=event.stream, verb="label.saved", claim_id=event.claim_id)
        last = before.filter(number__lt=event.number).order_by("number").last()
        assert last is not None
        label = Label.objects.select_related("counted").get(claim=event.claim_id, reviewer=event.actor_id)
        assert label.counted is not None
        assert label.counted.number == last.data["number"]


@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_a_number_is_not_given_before_the_one_before_it_is_decided(desk: Desk, ends: str) -> None:
    project = Claim.objects.get(pk=desk.filled[1][0]).project
    before = Event.objects.filter(stream=f"project:{project.pk}").count()

    def second() -> None:
        with transaction.atomic():
            record(None, "second.told", project, project=project.pk)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            record(None, "first.told", project, project=project.pk)
            waiting = pool.submit(second)
            while not _waiting():
                assert not waiting.done()
            transaction.set_rollback(ends == "rollback")
        waiting.result()
    told = Event.objects.filter(stream=f"project:{project.pk}", number__gt=before).order_by("number")
    expected = ["first.told", "second.told"] if ends == "commit" else ["second.told"]
    assert [(event.number, event.verb) for event in told] == list(enumerate(expected, before + 1))


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


def test_one_reviewers_two_tabs_make_one_label(desk: Desk) -> None:
    person, [claim, *_] = desk.people.people[REVIEWERS[0]], desk.filled[1]
    answers: list[dict[str, Any]] = []

    def save(rationale: str) -> Callable[[], None]:
        def work() -> None:
            content = {"label": "opinion", "rationale": rationale}
            answers.append(orjson.loads(asked(person, "PUT", f"claims/{claim}/label/", content).content))

        return work

    at_once([save(f"tab {number}") for number in range(THREADS)])
    assert sorted(answer["version"] for answer in answers) == list(range(1, THREADS + 1))
    assert Label.objects.filter(claim=claim).count() == 1


def test_the_same_save_sent_again_at_once_is_done_once(desk: Desk) -> None:
    person, [claim, *_] = desk.people.people[REVIEWERS[0]], desk.filled[1]
    statuses: list[int] = []

    def work() -> None:
        content = {"label": "opinion", "rationale": "once"}
        response = asked(person, "PUT", f"claims/{claim}/label/", content, idempotency_key="one-save")
        statuses.append(response.status_code)

    at_once([work] * THREADS)
    assert statuses == [200] * THREADS
    assert LabelRevision.objects.filter(claim=claim).count() == 1
    assert Event.objects.filter(verb="label.saved").count() == 1
