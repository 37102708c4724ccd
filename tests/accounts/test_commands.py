"""The commands for people: what they make and print, and how they refuse."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.accounts.models import User
from tests.personas import send

pytestmark = pytest.mark.django_db


def printed(*words: str, **options: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_create_user_says_what_it_made() -> None:
    assert printed("create_user", "ben") == "Made user ben without a password (sign_in_link ben).\n"
    made = printed("create_user", "réna", "--email", "rena@example.org", "--password", "wertz-uiop-77")
    assert made == "Made user réna with a password.\n"
    user = User.objects.get(username="réna")
    assert user.email == "rena@example.org" and user.check_password("wertz-uiop-77")


@pytest.mark.parametrize(
    ("options", "why"),
    [(["ANN"], "taken"), (["a b"], "valid username"), (["ben", "--password", "1234"], "too short")],
)
def test_create_user_refuses_in_a_sentence(options: list[str], why: str) -> None:
    printed("create_user", "ann")
    with pytest.raises(CommandError, match=why):
        printed("create_user", *options)
    assert User.objects.count() == 1


def test_the_last_word_of_create_token_is_a_token_that_works() -> None:
    printed("create_user", "ann")
    key = printed("create_token", "ann").split()[-1]
    assert send(Client(), "GET", "/api/v1/projects/", Authorization=f"Token {key}").status_code == 200


def test_sign_in_link_prints_a_path_that_signs_in() -> None:
    printed("create_user", "ann")
    path = printed("sign_in_link", "Ann").strip()
    client = Client()
    assert client.post(path).status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("command", ["create_token", "sign_in_link"])
def test_nobody_has_no_token_and_no_link(command: str) -> None:
    with pytest.raises(CommandError, match="Nobody is called zoe"):
        printed(command, "zoe")
