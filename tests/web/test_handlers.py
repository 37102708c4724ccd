"""What cannot be answered is refused in the form its asker reads."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client, override_settings

from annotations.accounts.models import User
from tests.web.clients import problem


def page(response: HttpResponseBase, status: int) -> str:
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def test_an_unknown_address(stranger: Client) -> None:
    assert "<h1>Not found</h1>" in page(stranger.get("/nowhere/"), 404)
    assert problem(stranger.get("/api/nowhere/"), 404)["type"] == "/problems/not-found"


def test_pages_give_away_no_more_than_the_api(stranger: Client) -> None:
    absent, hidden = stranger.get("/nowhere/"), stranger.get("/pages/raise/django-404/")
    assert absent.content == hidden.content


def test_a_bug(stranger: Client) -> None:
    assert "<h1>Something broke</h1>" in page(stranger.get("/pages/raise/bug/"), 500)
    problem(stranger.get("/api/v1/raise/bug/"), 500)


def test_what_django_refuses(stranger: Client) -> None:
    page(stranger.get("/pages/raise/django-403/"), 403)
    page(stranger.get("/pages/raise/django-400/"), 400)


@override_settings(ALLOWED_HOSTS=["workbench.example"])
def test_a_host_that_is_not_ours(stranger: Client) -> None:
    problem(stranger.get("/api/v1/public/", headers={"Host": "elsewhere.example"}), 400)


def test_a_form_without_its_token(db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert "Reload the page" in page(browser.post("/pages/form/", {"text": "a"}), 403)


def test_a_lost_database_is_no_bug_and_needs_no_database_to_be_told(fresh_connection: None, stranger: Client) -> None:
    answer = stranger.get("/pages/killed/")
    assert "<h1>The database is away</h1>" in page(answer, 503)
    assert answer["Retry-After"] == "5"


def test_a_lost_database_in_the_middle_of_a_signed_in_page(fresh_connection: None, user: User) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    assert "<h1>The database is away</h1>" in page(browser.get("/pages/killed/"), 503)


def test_a_database_that_is_lost_outside_of_every_view(fresh_connection: None, stranger: Client) -> None:
    assert "<h1>The database is away</h1>" in page(stranger.get("/pages/killed-session/"), 503)


@pytest.mark.parametrize("path", ["/nowhere/", "/pages/raise/bug/", "/pages/raise/state/"])
def test_refusals_load_nothing_from_elsewhere_and_style_nothing_inline(stranger: Client, path: str) -> None:
    text = stranger.get(path).content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert "//" not in text.replace("<!doctype", "")
