"""Projects, codebooks and members through the API: what is refused, and in which order."""

import pytest

from tests.personas import Person, Team, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer")


def test_the_address_of_a_page_is_no_slug(at: Team) -> None:
    answer = at.ann.api("POST", "projects/", {"slug": "new", "name": "New"}, want=400)
    assert "/projects/new/" in answer["errors"]["slug"][0]
    assert "/projects/new/" in at.ann.api("POST", "projects/", {"name": "New"}, want=400)["errors"]["slug"][0]


def test_rules_of_a_codebook_have_ids_of_their_own(at: Team) -> None:
    rules = [{"id": "r1", "text": "One."}, {"id": "r2", "text": "Two."}, {"id": "r1", "text": "Three."}]
    body = {"version": "2", "text": "Read the text.", "rules": rules}
    assert "r1 stands twice" in at.ann.api("POST", "projects/desk/codebooks/", body, want=400)["errors"]["rules"][0]


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", "projects/desk/"), ("POST", "projects/desk/codebooks/"), ("POST", "projects/desk/members/")],
)
def test_who_may_not_is_told_so_whatever_is_sent(at: Team, method: str, path: str) -> None:
    at.ben.api(method, path, {"no such": "field"}, want=403)


def test_a_project_is_begun_with_all_its_rules() -> None:
    ann = Person.new("ann")
    rules = {"presence": True, "verdict_days": 90, "blind": True}
    made = ann.api("POST", "projects/", {"name": "Desk", **rules}, want=201)
    assert {name: made[name] for name in rules} == rules
    ann.api("POST", "projects/", {"name": "Other", "training": True}, want=400)
