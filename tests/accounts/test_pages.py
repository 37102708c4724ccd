"""Signing in and out, the one-time link, the account: pages as people use them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.accounts.models import ApiToken, User
from annotations.accounts.secrets import digest
from annotations.accounts.services import create_user, sign_in_secret
from tests.personas import Person, send

pytestmark = pytest.mark.django_db
PASSWORD = "wertz-uiop-77"


@pytest.fixture
def ann() -> Person:
    return Person(create_user("ann", password=PASSWORD))


@pytest.fixture
def somebody() -> Client:
    """A browser in which nobody is signed in."""
    return Client(raise_request_exception=False)


def page(client: Client, path: str, data: dict[str, str] | None = None, *, want: int = 200) -> str:
    """The text of a page, or of the answer to a form."""
    answer = client.get(path) if data is None else client.post(path, data, follow=True)
    assert answer.status_code == want
    return answer.content.decode()


def test_a_page_asks_to_sign_in_and_leads_back(ann: Person, somebody: Client) -> None:
    answer = somebody.get("/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/account/")
    answer = somebody.post("/sign-in/", {"username": "ann", "password": PASSWORD, "next": "/account/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")


def test_signing_in_leads_to_no_other_site(ann: Person, somebody: Client) -> None:
    answer = somebody.post("/sign-in/", {"username": "ann", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(ann: Person, somebody: Client) -> None:
    text = page(somebody, "/sign-in/", {"username": "ann", "password": "no"})
    assert "do not belong together" in text and 'value="ann"' in text
    assert page(somebody, "/sign-in/", {"username": "nobody", "password": "no"}).count("do not belong together") == 1


def test_after_many_wrong_passwords_the_name_rests_calmly(ann: Person, somebody: Client) -> None:
    for _attempt in range(9):
        page(somebody, "/sign-in/", {"username": "ann", "password": "no"})
    text = page(somebody, "/sign-in/", {"username": "ann", "password": "no"}, want=429)
    assert "rests for 15 minutes" in text and "sign-in link" in text
    page(somebody, "/sign-in/", {"username": "ann", "password": PASSWORD}, want=429)


def test_signing_out_takes_a_button(ann: Person) -> None:
    assert ann.browser.get("/sign-out/")["Location"] == "/"
    assert ann.browser.get("/account/").status_code == 200
    assert "Sign in" in page(ann.browser, "/sign-out/", {})
    assert ann.browser.get("/account/").status_code == 302


def test_looking_at_a_link_does_not_use_it(ann: Person, somebody: Client) -> None:
    path = f"/sign-in/{sign_in_secret(ann.user)}/"
    for _preview in range(3):
        assert "Sign in as ann" in page(Client(), path)
    assert somebody.get("/account/").status_code == 302
    answer = somebody.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "<bdi>ann</bdi>" in page(somebody, "/account/")


def test_a_link_is_used_once_also_within_a_second(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    second = timezone.now().replace(microsecond=0)
    User.objects.update(last_login=second)
    path = f"/sign-in/{sign_in_secret(User.objects.get())}/"
    monkeypatch.setattr(timezone, "now", lambda: second + timedelta(milliseconds=1))
    assert [Client().post(path).status_code for _ in range(2)] == [302, 410]
    assert "no-store" in Client().get(path)["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over_says_what_to_do(ann: Person, somebody: Client, method: str) -> None:
    used = sign_in_secret(ann.user)
    assert Client().post(f"/sign-in/{used}/").status_code == 302
    for secret in (used, used[:-1], "x", "MQ", "MQ.a-b", "é.ü", "9" * 400):
        answer = getattr(somebody, method)(f"/sign-in/{secret}/")
        assert answer.status_code == 410 and "manage.py sign_in_link" in answer.content.decode()
    assert somebody.get("/account/").status_code == 302


def test_a_link_ends_with_the_account(ann: Person, somebody: Client) -> None:
    secret = sign_in_secret(ann.user)
    User.objects.update(is_active=False)
    page(somebody, f"/sign-in/{secret}/", want=410)
    page(somebody, f"/sign-in/{secret}/", {}, want=410)


def test_who_came_by_link_sets_a_password_without_an_old_one(somebody: Client) -> None:
    ben = Person.new("ben")
    assert "Set a password" in page(ben.browser, "/account/")
    assert "signed out" in page(ben.browser, "/account/password/", {"password": PASSWORD})
    page(somebody, "/sign-in/", {"username": "ben", "password": PASSWORD})
    assert "Change the password" in page(somebody, "/account/")


def test_changing_the_password_takes_the_present_one(ann: Person) -> None:
    other = Client()
    other.force_login(ann.user, backend="django.contrib.auth.backends.ModelBackend")
    text = page(ann.browser, "/account/password/", {"present": "no", "password": "another-one-77"}, want=400)
    assert "not your present password" in text
    page(ann.browser, "/account/password/", {"password": "another-one-77"}, want=400)
    assert User.objects.get().check_password(PASSWORD)
    page(ann.browser, "/account/password/", {"present": PASSWORD, "password": "another-one-77"})
    assert User.objects.get().check_password("another-one-77")
    assert ann.browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(("weak", "why"), [("12345678901", "numeric"), ("short", "short"), ("password1", "common")])
def test_a_weak_password_is_refused_at_its_field(ann: Person, weak: str, why: str) -> None:
    text = page(ann.browser, "/account/password/", {"present": PASSWORD, "password": weak}, want=400)
    assert re.search(rf'id="id_password_error".*{why}', text, re.DOTALL)
    assert User.objects.get().check_password(PASSWORD)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(ann: Person) -> None:
    text = page(ann.browser, "/account/tokens/", {"name": "for <the> script"}, want=201)
    [key] = re.findall(r'class="secret">([^<]+)<', text)
    assert "for &lt;the&gt; script" in text
    token = ApiToken.objects.get()
    assert token.sha256 == digest(key) and key not in page(ann.browser, "/account/")
    headers = {"Authorization": f"Token {key}"}
    assert send(Client(), "GET", "/api/v1/projects/", **headers).status_code == 200
    assert "refused from now on" in page(ann.browser, f"/account/tokens/{token.pk}/revoke/", {})
    assert send(Client(), "GET", "/api/v1/projects/", **headers).status_code == 401


def test_a_token_needs_a_name(ann: Person) -> None:
    assert "required" in page(ann.browser, "/account/tokens/", {"name": " "}, want=400)
    assert not ApiToken.objects.exists()


def test_nobody_revokes_anothers_token(ann: Person) -> None:
    ben = Person.new("ben")
    page(ben.browser, "/account/tokens/", {"name": "mine"}, want=201)
    page(ann.browser, f"/account/tokens/{ApiToken.objects.get().pk}/revoke/", {}, want=404)
    assert ApiToken.objects.get().revoked_at is None
