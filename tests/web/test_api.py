"""Bodies, versions and answers as every endpoint has them."""

from typing import Any

import orjson
import pytest
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from annotations.errors import InvalidInput, VersionMissing
from annotations.web.api import ApiRequest, etag, etagged, if_match, require_if_match
from annotations.web.rendering import JSONParser
from tests.web.clients import problem, send

NOTES = "/api/v1/notes/"


def test_a_body_is_validated_and_answered(api: Client) -> None:
    answer = send(api, "POST", NOTES, {"text": " a ", "author": {"name": "ann", "age": "3"}})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert orjson.loads(answer.content) == {"text": "a", "author": {"name": "ann", "age": 3}}


def test_without_a_body_required_fields_are_missing(api: Client) -> None:
    assert problem(send(api, "POST", NOTES, b""), 400)["errors"] == {"text": ["This field is required."]}


@pytest.mark.parametrize("body", [[], "text", 3, None])
def test_a_body_that_is_no_object_is_400(api: Client, body: Any) -> None:
    assert "body" in problem(send(api, "POST", NOTES, body), 400)["errors"]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"text": "a", "txet": 1}, ["txet"]),
        ({"text": "a", "id": "mine"}, ["id"]),
        ({"text": "a", "author": {"name": "b", "x": 1}, "y": 2}, ["author.x", "y"]),
        ({"text": "a", "members": [{"name": "b"}, {"name": "c", "x": 1}]}, ["members.1.x"]),
        ({"text": "a", "plain": [{"name": "b", "x": 1}]}, ["plain.0.x"]),
        ({"text": "a", "": 1}, [""]),
    ],
)
def test_unknown_fields_are_named(api: Client, body: Any, names: list[str]) -> None:
    document = problem(send(api, "POST", NOTES, body), 400)
    assert sorted(document["errors"]) == sorted(names)


def test_free_members_are_nobodys_business(api: Client) -> None:
    assert send(api, "POST", NOTES, {"text": "a", "free": {"any": {"thing": 1}}}).status_code == 200


def test_many_are_validated_one_by_one(api: Client) -> None:
    assert send(api, "PUT", NOTES, [{"text": "a"}, {"text": "b"}]).status_code == 201
    wrong = [{"text": "a"}, {"text": ""}, {"text": "c", "x": 1}]
    assert list(problem(send(api, "PUT", NOTES, wrong), 400)["errors"]) == ["2.x"]
    assert list(problem(send(api, "PUT", NOTES, wrong[:2]), 400)["errors"]) == ["1.text"]


def test_a_part_needs_nothing(api: Client) -> None:
    assert orjson.loads(send(api, "PATCH", NOTES, {}).content) == {}
    problem(send(api, "POST", NOTES, {}), 400)


def test_requests_do_not_mix(api: Client) -> None:
    """One reader serves every request: nothing of one may be left for the next."""
    send(api, "POST", NOTES, {"text": "a", "kind": "fact"})
    assert orjson.loads(send(api, "POST", NOTES, {"text": "b"}).content) == {"text": "b"}
    problem(send(api, "POST", NOTES, {"text": ""}), 400)
    assert send(api, "POST", NOTES, {"text": "c"}).status_code == 200


def test_versions_come_as_strong_etags(api: Client) -> None:
    assert api.get("/api/v1/versions/3/")["ETag"] == etag(3) == '"3"'
    assert etagged(HttpResponse(), 12)["ETag"] == '"12"'


@pytest.mark.parametrize("header", ['"3"', 'W/"3"', "3", ' "3" '])
def test_the_version_read_is_understood(api: Client, header: str) -> None:
    for method in ("PATCH", "PUT"):
        assert send(api, method, "/api/v1/versions/3/", b"", **{"If-Match": header}).json() == {"read": 3}


@pytest.mark.parametrize("header", ["", '"', '"3', '3"', '"a"', '"3", "4"', '"-3"', '"٣"', "W/3", '"' + "9" * 10 + '"'])
def test_a_malformed_version_is_400_and_named(api: Client, header: str) -> None:
    assert "If-Match" in problem(send(api, "PATCH", "/api/v1/versions/3/", b"", **{"If-Match": header}), 400)["errors"]


def test_a_missing_version_is_428_only_where_it_is_needed(api: Client) -> None:
    problem(send(api, "PATCH", "/api/v1/versions/3/", b""), 428)
    problem(send(api, "PATCH", "/api/v1/versions/3/", b"", **{"If-Match": "*"}), 428)
    assert send(api, "PUT", "/api/v1/versions/3/", b"").json() == {"read": None}
    assert send(api, "PUT", "/api/v1/versions/3/", b"", **{"If-Match": "*"}).json() == {"read": None}


def test_versions_of_pages_are_read_alike() -> None:
    def asked(**headers: str) -> HttpRequest:
        return RequestFactory().post("/", headers=headers)

    assert if_match(asked(**{"If-Match": '"4"'})) == 4
    assert if_match(asked()) is None
    with pytest.raises(VersionMissing):
        require_if_match(asked())
    with pytest.raises(InvalidInput):
        if_match(asked(**{"If-Match": "four"}))


def test_a_body_of_unannounced_length_is_read() -> None:
    import io

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": [(b"transfer-encoding", b"chunked"), (b"content-type", b"application/json")],
    }
    request = ASGIRequest(scope, io.BytesIO(b'{"text": "a"}'))
    assert ApiRequest(request, parsers=[JSONParser()]).data == {"text": "a"}
    request = ASGIRequest(scope, io.BytesIO(b'{"text": "a"}'))
    assert request.body
    assert ApiRequest(request, parsers=[JSONParser()]).data == {"text": "a"}


def test_answers_are_finished_when_they_leave(api: Client) -> None:
    answer = api.get("/api/v1/public/")
    assert type(answer) is HttpResponse
    assert "Allow" not in answer
    assert "Vary" not in answer or "Accept" not in answer["Vary"].split(", ")


def test_head_is_get_without_a_body(api: Client) -> None:
    answer = api.head("/api/v1/public/")
    assert (answer.status_code, answer.content) == (200, b"")
