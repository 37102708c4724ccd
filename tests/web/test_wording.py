"""Sentences of pure modules in the reader's language; the translations are Django's own, so that none are made up."""

import orjson
import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from annotations.accounts.models import User
from annotations.messages import Message, gettext, ngettext
from annotations.web.wording import either, listed, said, said_at
from tests.web.clients import problem, program, send


def test_a_message_is_its_english_sentence() -> None:
    message = ngettext("%(n)s place in %(name)s", "%(n)s places in %(name)s", 3, name="a % b")
    assert message == "3 places in a % b"
    assert ngettext("%(n)s place", "%(n)s places", 1) == "1 place"
    assert orjson.dumps({"why": message}) == b'{"why":"3 places in a % b"}'


def test_it_is_said_in_the_language_of_the_reader_with_its_values() -> None:
    message = gettext("Ensure this value is less than or equal to %(limit_value)s.", limit_value=7)
    with translation.override("ar"):
        told = said(message)
    assert told != message and "7" in told
    assert said(message) == message


def test_a_message_within_a_message_is_said_too() -> None:
    with translation.override("ar"):
        told = said(gettext("“%(value)s” value must be an integer.", value=Message("Yes", {})))
    assert "نعم" in told


@pytest.mark.parametrize(("n", "words"), [(0, "0 سنة"), (2, "2 سنتين"), (5, "5 سنوات")])
def test_arabic_has_its_own_plurals(n: int, words: str) -> None:
    with translation.override("ar"):
        assert said(Message("%(num)d year", {"n": n, "num": n}, "%(num)d years")).split() == words.split()


def test_words_in_a_row() -> None:
    assert said_at({"a": ["One."], "b": [gettext("Two.")]}) == {"a": ["One."], "b": ["Two."]}
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert either(["a", "b"]) == "a or b"


@pytest.mark.django_db
def test_sentences_follow_accept_language_and_identifiers_do_not(settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    client: Client = program(User.objects.create_user("ann"))
    english = problem(send(client, "POST", "/api/v1/projects/", {}), 400)
    arabic = problem(send(client, "POST", "/api/v1/projects/", {}, accept_language="ar"), 400)
    assert english["errors"] == {"name": ["This field is required."]}
    assert arabic["errors"].keys() == {"name"} and arabic["errors"] != english["errors"]
    assert arabic["type"] == english["type"]
