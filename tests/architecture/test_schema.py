"""The OpenAPI document is true: whatever a schema-driven tester sends, it gets an answer that the document has.

Examples are the same on every run. Ids that the tester makes up would be 404 all the time, so three in four of them are
ids of the world, chosen by what was made up.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as of_openapi

from tests.architecture.api_table import API
from tests.factories.world import World

pytestmark = pytest.mark.django_db
EXAMPLES = 12
CHECKS = [
    checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.response_headers_conformance,
]

config = schemathesis.Config.from_dict({"generation": {"max-examples": EXAMPLES, "deterministic": True}})
schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application(), config=config)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests do not close the connection that the world is in, as they do in a server."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
def test_every_answer_is_documented(case: schemathesis.Case, built: World) -> None:
    inhabit(case, built)
    with transaction.atomic():
        response = case.call(headers=built.people["manager"].key)
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS)


def inhabit(case: schemathesis.Case, built: World) -> None:
    """Let most made-up parameters of the path name something that is there; the stream is tested elsewhere."""
    case.headers.pop("Accept", None)
    named = case.path_parameters
    if isinstance(named.get("id"), str) and (number := _number(named["id"])) % 4:
        pool = _pool(case.path, built)
        named["id"] = str(pool[number // 4 % len(pool)].pk)
    for name, value in {"slug": built.slug, "username": "ben", "name": "claims.jsonl"}.items():
        if name in named and len(str(named[name])) % 4:
            named[name] = value


def _number(text: str) -> int:
    try:
        return UUID(text).int
    except ValueError:
        return 0


def _pool(path: str, built: World) -> list[Any]:
    """Everything of the kind that this address names."""
    kind = path.removeprefix("/api/v1").split("/")[1].removesuffix("s")
    return list(built.things[kind].values())


def test_the_document_has_every_route_of_the_api(built: World) -> None:
    described = {path: set(methods) for path, methods in schema.raw_schema["paths"].items()}
    expected = {}
    for route, methods in API.items():
        if route not in ("schema/", "docs/"):
            path = "/api/v1/" + route
            for converter in ("slug", "uuid", "str"):
                path = path.replace(f"<{converter}:", "{")
            expected[path.replace(">", "}")] = {method.lower() for method in methods}
    assert described == expected
