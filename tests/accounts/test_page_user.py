"""A page made for one person writes nothing as another who has signed in in the same browser meanwhile."""

import re

import pytest

from annotations.labelling.models import Label
from tests.personas import Person, Team, send, team
from tests.web.clients import problem

HEADER = "Workbench_User"
OPINION = {"label": "opinion"}


@pytest.fixture
def desk(db: None) -> Team:
    return team("ann", ben="reviewer")


@pytest.fixture
def path(desk: Team) -> str:
    _, [claim] = desk.opened("One fell.")
    return f"/api/v1/claims/{claim}/label/"


def id_of(person: Person) -> str:
    assert person.user
    return str(person.user.pk)


def test_a_page_of_somebody_else_counts_as_signed_out(desk: Team, path: str) -> None:
    answer = send(desk.ben.browser, "PUT", path, OPINION, **{HEADER: id_of(desk.ann)})
    document = problem(answer, 401)
    assert document["type"] == "/problems/not-signed-in"
    assert "Somebody else is signed in" in document["detail"]
    assert not Label.objects.exists()
    problem(send(desk.ben.browser, "GET", path, **{HEADER: id_of(desk.ann)}), 401)


def test_my_own_page_writes_and_so_does_a_script_that_names_nobody(desk: Team, path: str) -> None:
    assert send(desk.ben.browser, "PUT", path, OPINION, **{HEADER: id_of(desk.ben)}).status_code == 200
    assert send(desk.ben.browser, "PUT", path, OPINION).status_code == 200


def test_a_token_says_who_it_is_by_itself(desk: Team, path: str) -> None:
    assert send(desk.ben.program, "PUT", path, OPINION, **{HEADER: id_of(desk.ann)}).status_code == 200


def test_a_page_says_for_whom_it_was_made(desk: Team) -> None:
    page = desk.ben.browser.get("/account/").content.decode()
    assert re.findall(r'<html [^>]*data-user="([^"]+)"', page) == [id_of(desk.ben)]
    assert "data-user" not in Person(None).browser.get("/sign-in/").content.decode()
