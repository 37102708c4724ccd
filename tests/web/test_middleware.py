"""Refusals of pages; what may be kept of an answer; characters nobody can look for. Both ways of serving."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.test import AsyncClient, Client

from annotations.accounts.models import User
from annotations.web.middleware import refusals
from tests.web.clients import problem, program

Get = Callable[[str], Any]


@pytest.fixture(params=["sync", "async"])
def get(request: pytest.FixtureRequest, user: User) -> Get:
    """A function that asks for a path as Ann's browser does, and gives the answer."""
    if request.param == "sync":
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        return browser.get
    from asgiref.sync import async_to_sync

    browser = AsyncClient(raise_request_exception=False)
    browser.force_login(user)
    return async_to_sync(browser.get)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "status"), [("state", 409), ("permitted", 403), ("visible", 404), ("invalid", 400)])
@pytest.mark.parametrize("kind", ["raise", "async"])
def test_a_page_that_refuses_is_a_page(get: Get, kind: str, name: str, status: int) -> None:
    answer = get(f"/pages/{kind}/{name}/")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_fields_at_fault_are_listed(get: Get) -> None:
    assert '<strong dir="auto">start</strong>: It lies behind the end.' in get("/pages/raise/invalid/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_stores_pages_of_a_signed_in_person(get: Get) -> None:
    assert get("/pages/quiet/")["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
def test_what_a_view_says_of_storing_holds(get: Get) -> None:
    assert get("/pages/cached/")["Cache-Control"] == "private, max-age=60"


def test_nobody_stores_what_came_with_a_token(user: User) -> None:
    assert program(user).get("/api/v1/public/")["Cache-Control"] == "private, no-store"


def test_public_pages_are_left_alone(stranger: Client, db: None) -> None:
    assert "Cache-Control" not in stranger.get("/pages/quiet/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("path", "status"), [("/pages/quiet/?q=a%00b", 400), ("/pages/raise/a%00b/", 404)])
def test_nothing_can_be_asked_for_with_a_nul(get: Get, path: str, status: int) -> None:
    answer = get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")


def test_nor_from_the_api(stranger: Client) -> None:
    problem(stranger.get("/api/v1/public/?q=%00"), 400)
    problem(stranger.get("/api/v1/raise/%00/"), 404)


def test_the_event_loop_meets_no_thread() -> None:
    async def view(request: HttpRequest) -> None:
        """An asynchronous view."""

    assert iscoroutinefunction(refusals(view))
    assert not iscoroutinefunction(refusals(lambda request: None))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("form", "page"),
    [("/account/tokens/", "/account/"), ("/sign-out/", "/"), ("/account/password/", "/account/")],
)
def test_the_address_of_a_form_leads_to_its_page(get: Get, form: str, page: str) -> None:
    answer = get(form)
    assert (answer.status_code, answer["Location"]) == (302, page)
