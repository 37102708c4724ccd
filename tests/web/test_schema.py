"""The OpenAPI document says what operations really answer."""

from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

Document = dict[str, Any]


@pytest.fixture
def document(stranger: Client, db: None) -> Document:
    answer = stranger.get("/api/v1/schema/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return orjson.loads(answer.content)


def operation(document: Document, path: str, method: str) -> dict[str, Any]:
    return document["paths"][f"/api/v1/{path}"][method]


def refusals(document: Document, path: str, method: str) -> set[int]:
    responses = operation(document, path, method)["responses"]
    return {int(status) for status in responses if int(status) >= 400}


def parameters(document: Document, path: str, method: str) -> dict[str, Any]:
    return {one["name"]: one for one in operation(document, path, method).get("parameters", [])}


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("tokens/", "get", {400, 401, 403, 503}),
        ("tokens/", "post", {400, 401, 403, 409, 413, 415, 503}),
        ("tokens/", "delete", {400, 401, 403, 409, 413, 503}),
        ("versions/{number}/", "get", {400, 401, 403, 404, 503}),
        ("versions/{number}/", "patch", {400, 401, 403, 404, 409, 412, 413, 428, 503}),
        ("versions/{number}/", "put", {400, 401, 403, 404, 409, 412, 413, 503}),
        ("forms/", "get", {400, 401, 403, 406, 503}),
        ("public/", "get", {400, 503}),
    ],
)
def test_each_operation_names_its_refusals(document: Document, path: str, method: str, expected: set[int]) -> None:
    assert refusals(document, path, method) == expected


def test_every_refusal_is_a_problem(document: Document) -> None:
    for methods in document["paths"].values():
        for spec in methods.values():
            for status, response in spec["responses"].items():
                if int(status) >= 400:
                    content = response["content"]["application/problem+json"]
                    assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
                    assert response["description"]


def test_writes_take_an_idempotency_key(document: Document) -> None:
    assert "Idempotency-Key" in parameters(document, "tokens/", "post")
    assert "Idempotency-Key" in parameters(document, "tokens/", "delete")
    assert "Idempotency-Key" not in parameters(document, "tokens/", "get")


def test_versions_are_required_where_they_are(document: Document) -> None:
    assert parameters(document, "versions/{number}/", "patch")["If-Match"]["required"]
    assert "required" not in parameters(document, "versions/{number}/", "put")["If-Match"]
    assert "If-Match" not in parameters(document, "versions/{number}/", "get")


def test_requests_take_no_more_than_they_name(document: Document) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["NoteRequest"]["additionalProperties"] is False
    assert schemas["MemberRequest"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Note"]


def test_lists_are_pages_and_answers_to_writes_are_not(document: Document) -> None:
    assert {"cursor", "limit"} <= set(parameters(document, "tokens/", "get"))
    name = operation(document, "tokens/", "get")["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert set(document["components"]["schemas"][name.rpartition("/")[2]]["properties"]) == {
        "next",
        "previous",
        "results",
    }
    assert "cursor" not in parameters(document, "notes/", "put")
    assert (
        operation(document, "notes/", "put")["responses"]["201"]["content"]["application/json"]["schema"]["type"]
        == "array"
    )


def test_programs_and_browsers_sign_in_differently(document: Document) -> None:
    schemes = document["components"]["securitySchemes"]
    assert (schemes["token"]["in"], schemes["session"]["in"]) == ("header", "cookie")
    assert operation(document, "tokens/", "get")["security"] == [{"token": []}, {"session": []}]
    assert {} in operation(document, "public/", "get")["security"]


def test_the_document_is_made_once(
    stranger: Client, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert orjson.loads(stranger.get("/api/v1/schema/").content) == document


def test_it_is_in_english_for_everybody(stranger: Client, db: None) -> None:
    arabic = stranger.get("/api/v1/schema/", headers={"Accept-Language": "ar"}).content
    assert arabic.isascii() or "No response body" in arabic.decode()


def test_it_is_valid_openapi(document: Document) -> None:
    from drf_spectacular.validation import validate_schema

    validate_schema(document)
