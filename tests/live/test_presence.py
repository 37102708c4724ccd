"""Presence over the API: who else has an article open, where it is shown, of whom, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.audit.models import Event
from annotations.live.models import Presence
from annotations.live.presence import STAYS, purge_presence
from tests.personas import Person, Team, team

pytestmark = pytest.mark.django_db
TEXT = "The bridge at Kalda fell on Tuesday. It was bound to happen."


@pytest.fixture
def people() -> Team:
    return team(ben="reviewer", cleo="reviewer", vic="viewer", rules={"blind": False})


@pytest.fixture
def place(people: Team) -> str:
    return f"articles/{people.opened(TEXT)[0]}/presence/"


def shown(people: Team, place: str, *names: str) -> None:
    """What everybody is told: all of those named but oneself."""
    for name, person in people.people.items():
        told = {"shown": True, "people": sorted(set(names) - {name})}
        assert person.api("GET", place) == told, name


def test_who_is_here_is_seen_by_the_others(people: Team, place: str) -> None:
    shown(people, place)
    assert people.ben.api("PUT", place) == {"shown": True, "people": []}
    assert people.vic.api("PUT", place) == {"shown": True, "people": ["ben"]}
    shown(people, place, "ben", "vic")
    people.ben.api("DELETE", place, want=204)
    shown(people, place, "vic")


def test_it_is_of_one_article_alone(people: Team, place: str) -> None:
    other = f"articles/{people.opened('Something else.')[0]}/presence/"
    people.ben.api("PUT", place)
    assert people.cleo.api("GET", other)["people"] == []


def test_saying_it_again_keeps_one_row_and_silence_ends_it(people: Team, place: str) -> None:
    people.ben.api("PUT", place)
    people.ben.api("PUT", place)
    [row] = Presence.objects.all()
    Presence.objects.update(seen_at=timezone.now() - STAYS - timedelta(seconds=1))
    shown(people, place)
    people.ben.api("PUT", place)
    shown(people, place, "ben")
    assert purge_presence() == 0
    Presence.objects.update(seen_at=row.seen_at - STAYS)
    assert purge_presence() == 1


def test_nothing_that_is_done_makes_somebody_present(people: Team) -> None:
    article, [claim, *_] = people.opened(TEXT)
    people.ben.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})
    people.ben.api("POST", f"articles/{article}/hand-in/", {"partial": True})
    assert people.ben.browser.get(f"/articles/{article}/").status_code == 200
    assert not Presence.objects.exists()
    before = Event.objects.count()
    people.ben.api("PUT", f"articles/{article}/presence/")
    people.ben.api("DELETE", f"articles/{article}/presence/", want=204)
    assert Event.objects.count() == before


def test_it_is_off_in_blind_projects_unless_a_manager_switches_it_on() -> None:
    people = team(slug="blind", ben="reviewer", cleo="reviewer")
    place = f"articles/{people.opened(TEXT)[0]}/presence/"
    assert people.ben.api("GET", "projects/blind/")["presence"] is False
    assert people.ben.api("PUT", place) == {"shown": False, "people": []}
    assert not Presence.objects.exists()
    people.ben.api("PATCH", "projects/blind/", {"presence": True}, want=403)
    assert people.boss.api("PATCH", "projects/blind/", {"presence": True})["presence"] is True
    people.ben.api("PUT", place)
    assert people.cleo.api("GET", place) == {"shown": True, "people": ["ben"]}
    people.boss.api("PATCH", "projects/blind/", {"presence": False})
    assert people.cleo.api("GET", place) == {"shown": False, "people": []}


def test_a_project_that_becomes_blind_stops_showing_it(people: Team) -> None:
    assert people.boss.api("PATCH", "projects/desk/", {"blind": True})["presence"] is False
    people.boss.api("PATCH", "projects/desk/", {"blind": False})
    assert people.boss.api("PATCH", "projects/desk/", {"blind": True, "presence": True})["presence"] is True
    assert people.boss.api("PATCH", "projects/desk/", {"blind": True, "name": "Still blind"})["presence"] is True


def test_the_settings_page_has_it(people: Team) -> None:
    page = people.boss.browser.get("/projects/desk/settings/").content.decode()
    assert 'name="presence"' in page
    form = {"name": "Desk", "labels_per_claim": 2, "four_eyes": "on", "version": 1}
    assert people.boss.browser.post("/projects/desk/settings/", form).status_code == 302
    assert people.boss.api("GET", "projects/desk/")["presence"] is False


def test_each_person_may_leave_themselves_out(people: Team, place: str) -> None:
    people.ben.api("PUT", place)
    assert people.ben.browser.post("/account/presence/", {}).status_code == 302
    shown(people, place)
    people.ben.api("PUT", place)
    people.cleo.api("PUT", place)
    shown(people, place, "cleo")
    assert 'name="shown" value="1">' in people.ben.browser.get("/account/").content.decode()
    people.ben.browser.post("/account/presence/", {"shown": "1"})
    people.ben.api("PUT", place)
    shown(people, place, "ben", "cleo")
    assert 'name="shown" value="1" checked>' in people.ben.browser.get("/account/").content.decode()


def test_who_is_removed_is_gone(people: Team, place: str) -> None:
    people.ben.api("PUT", place)
    people.boss.api("DELETE", f"projects/{people.slug}/members/ben/", want=204)
    people.ben.api("PUT", place, want=404)
    assert people.cleo.api("GET", place)["people"] == []


def test_drafts_and_other_projects_are_not_to_be_seen(people: Team, place: str) -> None:
    new = {"text": "A draft.", "language": "en"}
    draft = people.boss.api("POST", f"projects/{people.slug}/articles/", new, want=201)["id"]
    for person, path in ((people.vic, f"articles/{draft}/presence/"), (Person.new("zoe"), place)):
        for method in ("GET", "PUT", "DELETE"):
            person.api(method, path, want=404)
