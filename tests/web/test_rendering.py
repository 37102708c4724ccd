"""JSON in: exact, or refused with the place. JSON out: UTF-8, UTC."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db.models import TextChoices
from django.test import Client
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from annotations.errors import InvalidInput, TooLarge
from annotations.web.rendering import MAX_BODY, MAX_DEPTH, JSONParser, JSONRenderer, dumps, loads
from tests.web.clients import problem, send


class Colour(TextChoices):
    RED = "red"


def test_what_the_product_holds_has_a_json_form() -> None:
    at = datetime(2026, 1, 31, 10, tzinfo=UTC)
    data = {"at": at, "id": UUID(int=1), "lazy": gettext_lazy("Yes"), "d": Decimal("0.50"), "c": Colour.RED, 1: None}
    assert orjson.loads(dumps(data)) == {
        "at": "2026-01-31T10:00:00Z",
        "id": "00000000-0000-0000-0000-000000000001",
        "lazy": "Yes",
        "d": "0.50",
        "c": "red",
        "1": None,
    }


def test_a_figure_that_is_not_defined_is_null() -> None:
    assert dumps([float("nan")]) == b"[null]"


def test_text_goes_out_as_utf_8() -> None:
    assert JSONRenderer().render({"text": "قال 🙂"}) == '{"text":"قال 🙂"}'.encode()
    assert JSONRenderer().render(None) == b""


def test_what_has_no_json_form_is_a_bug() -> None:
    with pytest.raises(TypeError):
        dumps(object())


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), inner)
        ),
        max_leaves=200,
    )
)
def test_what_goes_out_comes_back(value: Any) -> None:
    assert loads(dumps(value)) == value


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"a": 1', "line 1, column 8"),
        (b'{"a":\n  nope}', "line 2, column 3"),
        (b'{"a": NaN}', "line 1, column 7"),
        (b'{"a": Infinity}', "line 1, column 7"),
        (b'{"a": 1e999}', "infinity"),
        (b'{"text": "\xff"}', "byte 10 (0xff)"),
        (b'{"text": "\xed\xa0\x80"}', "byte 10 (0xed)"),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b'{"text": "a\x00b"}', "control character"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b" ", "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, f"{MAX_DEPTH} levels"),
    ],
)
def test_malformed_bodies_are_400_and_name_the_place(api: Client, body: Any, place: str) -> None:
    assert place in problem(send(api, "POST", "/api/v1/notes/", body), 400)["detail"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"text": "a\\u0000b"}', "text"),
        (b'{"members": [{"name": "a"}, {"name": "\\u0000"}]}', "members.1.name"),
        (b'"\\u0000"', "body"),
    ],
)
def test_a_nul_is_refused_by_field(api: Client, body: Any, field: str) -> None:
    assert field in problem(send(api, "POST", "/api/v1/notes/", body), 400)["errors"]


def test_a_nul_in_a_field_name_is_refused(api: Client) -> None:
    assert "NUL" in problem(send(api, "POST", "/api/v1/notes/", b'{"a\\u0000": 1}'), 400)["detail"]


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert loads(rb'["\\u0000"]') == ["\\u0000"]


def test_the_deepest_body_taken_can_be_answered(api: Client) -> None:
    deep = "x"
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    answer = send(api, "POST", "/api/v1/notes/", {"text": "a", "free": deep})
    assert answer.status_code == 200
    assert orjson.loads(answer.content)["free"] == deep
    problem(send(api, "POST", "/api/v1/notes/", {"text": "a", "free": [deep]}), 400)


def test_many_brackets_are_not_depth() -> None:
    assert len(loads(b"[" + b"{}," * 5000 + b"{}]")) == 5001


def test_no_more_than_the_limit_is_read() -> None:
    class Endless(BytesIO):
        def read(self, size: int = -1) -> bytes:
            assert size == MAX_BODY + 1
            return b" " * size

    with pytest.raises(TooLarge):
        JSONParser().parse(Endless())


def test_too_large_a_body_is_413(api: Client) -> None:
    problem(send(api, "POST", "/api/v1/notes/", b'"' + b"a" * MAX_BODY + b'"'), 413)


def test_integers_beyond_64_bits_are_no_500(api: Client) -> None:
    problem(
        send(api, "POST", "/api/v1/notes/", b'{"text":"a","author":{"name":"b","age":99999999999999999999999}}'), 400
    )


@given(st.binary(max_size=60))
def test_no_bytes_break_the_parser(body: Any) -> None:
    try:
        dumps(loads(body))
    except (ParseError, InvalidInput):
        return


@pytest.mark.parametrize(
    "accept", ["application/json", "text/html", "*/*", "application/xml", "nonsense", "", "a/b;q=0"]
)
def test_one_form_is_given_whatever_is_accepted(api: Client, accept: str) -> None:
    answer = api.get("/api/v1/public/", headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_where_there_are_two_forms_accept_chooses(api: Client) -> None:
    assert api.get("/api/v1/forms/", headers={"Accept": "text/plain"}).content == b"one\ntwo"
    assert api.get("/api/v1/forms/").content == b'["one","two"]'
    problem(api.get("/api/v1/forms/", headers={"Accept": "image/png"}), 406)
