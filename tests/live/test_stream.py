"""The event stream over HTTP: kinds and ids only, nothing lost on return, nothing of others' labels, an end in time.

A client is asynchronous, as browsers are to the server; nothing here waits for a clock: a test reads up to the frame
that has to come. Beats are left out where a test does not ask for them.
"""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass

import orjson
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import AsyncClient
from django.utils import timezone

from annotations.accounts.models import ApiToken, User
from annotations.audit.models import Event, EventCounter
from annotations.live import hub, looking
from tests.personas import Person, Team, team

pytestmark = [pytest.mark.django_db(transaction=True)]
TEXT = "The bridge at Kalda fell on Tuesday. “It was bound to happen,” said the mayor 🌉."
MOST_SECONDS = 15


@dataclass(frozen=True)
class Frame:
    """One frame: its id (the cursor to come back with), what kind it is, and what it says."""

    id: str
    event: str
    data: dict[str, str | None]

    @classmethod
    def read(cls, text: str) -> "Frame":
        lines = dict(line.split(": ", 1) for line in text.splitlines())
        return cls(lines.get("id", ""), lines.get("event", ""), orjson.loads(lines.get("data", "{}")))


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_LOOKS", 0.02)
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.2)


@pytest.fixture
def people() -> Team:
    return team(ben="reviewer", cleo="reviewer", vic="viewer")


def asked(person: Person, last_id: str | None, by: str) -> tuple[AsyncClient, dict[str, str]]:
    """The client and the headers with which the person asks for the stream."""
    client = AsyncClient()
    headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last_id} if last_id else {})
    if by == "session":
        client.cookies = person.browser.cookies
        return client, headers
    return client, headers | person.key


async def _frames(client: AsyncClient, headers: dict[str, str], slug: str) -> AsyncIterator[Frame]:
    response = await client.get(f"/api/v1/projects/{slug}/events/", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "text/event-stream")
    assert response["Cache-Control"] == "no-store"
    async for chunk in response.streaming_content:
        for text in chunk.decode().strip().split("\n\n"):
            if text.startswith(("id", "event")):
                yield Frame.read(text)


def read(
    person: Person,
    people: Team,
    last_id: str | None = None,
    *,
    until: str = "position",
    times: int = 1,
    then: Callable[[], object] = lambda: None,
    by: str = "token",
) -> list[Frame]:
    """The frames up to the `times`-th of kind `until`; `then` is done once, after the first frame."""
    client, headers = asked(person, last_id, by)

    async def reading() -> list[Frame]:
        found: list[Frame] = []
        async with asyncio.timeout(MOST_SECONDS), aclosing(_frames(client, headers, people.slug)) as frames:
            async for frame in frames:
                found.append(frame)
                if len(found) == 1:
                    await sync_to_async(then)()
                if sum(one.event == until for one in found) == times:
                    break
        return found

    return async_to_sync(reading)()


def test_it_begins_with_where_one_is(people: Team) -> None:
    [first] = read(people.ben, people)
    assert (first.event, first.data) == ("position", {})
    assert first.id


def test_what_happens_comes_as_kinds_and_ids_and_nothing_else(people: Team) -> None:
    seen: list[str] = []
    frames = read(people.ben, people, until="change", times=3, then=lambda: seen.append(people.opened(TEXT)[0]))
    changes = [frame.data for frame in frames if frame.event == "change"]
    assert [set(change) for change in changes] == [{"kind", "article", "claim"}] * len(changes)
    assert {change["article"] for change in changes} == set(seen)
    assert [change["kind"] for change in changes] == ["article.imported", "claims.proposed", "article.opened"]


def test_ids_are_opaque(people: Team) -> None:
    [first] = read(people.ben, people)
    people.opened(TEXT)
    # A number that no cipher text holds by chance.
    EventCounter.objects.filter(stream__regex=r"^project:\d+$").update(last=76_543_210)
    people.opened(TEXT + " More of it.")
    [*_, later] = read(people.ben, people, first.id)
    assert first.id[:4] != later.id[:4]
    last = EventCounter.objects.get(stream__regex=r"^project:\d+$").last
    assert str(last)[:4].encode() not in urlsafe_b64decode(later.id + "==")


def test_who_comes_back_gets_what_was_missed_and_nothing_twice(people: Team) -> None:
    [before] = read(people.ben, people)
    people.opened(TEXT)
    [*missed, position] = read(people.ben, people, before.id)
    assert [frame.data["kind"] for frame in missed] == ["article.imported", "claims.proposed", "article.opened"]
    assert position.event == "position"
    article, _ = people.opened(TEXT + " More of it.")
    [*again, _] = read(people.ben, people, position.id)
    assert {frame.data["article"] for frame in again} == {article}


def test_a_cut_between_two_frames_of_one_look_loses_nothing(people: Team) -> None:
    [before] = read(people.ben, people)
    article, _ = people.opened(TEXT)
    whole = read(people.ben, people, before.id)
    for cut in range(1, len(whole)):
        last_seen = [frame.id for frame in (before, *whole[:cut]) if frame.id][-1]
        people.boss.api("PATCH", f"articles/{article}/", {"title": f"Title {cut}"})
        rest = read(people.ben, people, last_seen)
        assert all(frame in (*whole[:cut], *rest) for frame in whole if frame.event == "change")


def test_an_unknown_id_says_fetch_everything_anew(people: Team) -> None:
    [first] = read(people.ben, people, "never-given-out", until="reset")
    assert (first.event, first.data) == ("reset", {})
    people.opened(TEXT)
    assert [frame.event for frame in read(people.ben, people, first.id)][-1] == "position"


def test_more_than_fits_says_fetch_everything_anew(people: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_AT_ONCE", 2)
    [before] = read(people.ben, people)
    people.opened(TEXT)
    [only] = read(people.ben, people, before.id, until="reset")
    assert only.event == "reset"


def test_another_reviewers_labels_never_appear_and_ones_own_do(people: Team) -> None:
    article, claims = people.opened(TEXT)
    [bens], [cleos] = read(people.ben, people), read(people.cleo, people)
    for claim in claims:
        people.cleo.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})
    people.cleo.api("POST", f"articles/{article}/hand-in/")
    assert read(people.ben, people) == [bens]
    people.boss.api("PATCH", f"articles/{article}/", {"title": "The bridge"})
    [*told, _] = read(people.ben, people, bens.id)
    assert [frame.data["kind"] for frame in told] == ["article.provenance_changed"]
    [*told, _] = read(people.cleo, people, cleos.id)
    assert [frame.data["kind"] for frame in told].count("label.saved") == len(claims)


def test_a_viewer_hears_of_open_work_only_once_it_has_closed(people: Team) -> None:
    [before] = read(people.vic, people)
    article, claims = people.opened(TEXT)
    people.cleo.api("PUT", f"claims/{claims[0]}/label/", {"label": "opinion"})
    assert read(people.vic, people)[0].event == "position"
    people.boss.api(
        "POST", f"projects/{people.slug}/members/", {"username": Person.new("dan").name, "role": "viewer"}, want=201
    )
    told = {frame.data["kind"] for frame in read(people.vic, people, before.id) if frame.event == "change"}
    assert told == {"member.added"}
    people.boss.api("POST", f"articles/{article}/close/")
    told = {frame.data["kind"] for frame in read(people.vic, people, before.id) if frame.event == "change"}
    assert {"article.opened", "claim.labelling_closed", "article.closed"} <= told


def test_the_table_is_read_in_the_order_of_what_happened(people: Team) -> None:
    [before] = read(people.ben, people)
    for number in range(5):
        people.opened(f"{TEXT} {number}")
    kinds = [frame.data["kind"] for frame in read(people.ben, people, before.id) if frame.event == "change"]
    rows = Event.objects.filter(stream__regex=r"^project:\d+$").order_by("number").values_list("verb", flat=True)
    assert kinds == list(rows)[-len(kinds) :]


@pytest.mark.parametrize("how", ["sign out", "removed", "switched off", "another password", "session over"])
def test_a_browsers_stream_ends_with_the_right_to_read(people: Team, how: str) -> None:
    def leave() -> None:
        if how == "sign out":
            people.ben.browser.logout()
        elif how == "removed":
            people.boss.api("DELETE", f"projects/{people.slug}/members/ben/", want=204)
        elif how == "session over":
            Session.objects.update(expire_date=timezone.now())
        else:
            ben = User.objects.get(username="ben")
            ben.is_active = how != "switched off"
            ben.set_password("wertz-uiop-78")
            ben.save(update_fields=["is_active"] if how == "switched off" else ["password"])

    assert read(people.ben, people, until="end", then=leave, by="session")[-1].event == "end"


def test_a_cursor_says_nothing_of_what_a_viewer_may_not_know(people: Team) -> None:
    [before] = read(people.vic, people)
    people.opened(TEXT)
    assert read(people.vic, people) == [before]
    sam = team("sam", "elsewhere")
    [own] = read(sam.sam, sam)
    assert [frame.event for frame in read(people.vic, people, own.id, until="reset")] == ["reset"]


def test_a_programs_stream_ends_when_its_token_is_revoked(people: Team) -> None:
    def revoke() -> None:
        token = ApiToken.objects.get(user=people.ben.user)
        people.ben.browser.post(f"/account/tokens/{token.pk}/revoke/")

    assert read(people.ben, people, until="end", then=revoke)[-1].event == "end"


def test_who_is_no_member_gets_no_stream(people: Team) -> None:
    sam, accept = Person.new("sam"), "text/event-stream"
    assert sam.send("GET", f"projects/{people.slug}/events/", accept=accept).status_code == 404
    assert Person(None).send("GET", f"projects/{people.slug}/events/", accept=accept).status_code == 401


def test_it_ends_within_fifteen_seconds_as_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert hub.HEARTBEAT_SECONDS + hub.SECONDS_BETWEEN_POLLS <= MOST_SECONDS
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
