"""Programs that send requests, and what they read in the answers."""

from typing import Any

import orjson
from django.http.response import HttpResponseBase
from django.test import Client

from annotations.accounts.models import User
from annotations.accounts.services import create_token


def program(user: User) -> Client:
    _, key = create_token(user)
    return Client(raise_request_exception=False, headers={"Authorization": f"Token {key}"})


def send(client: Client, method: str, path: str, data: Any, **headers: str) -> Any:
    """One JSON request; `data` may be bytes already."""
    body = data if isinstance(data, bytes) else orjson.dumps(data)
    return client.generic(method, path, body, "application/json", headers=headers)


def problem(response: HttpResponseBase, status: int) -> dict[str, Any]:
    """The problem document of an answer, after checking that it is one."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    document = orjson.loads(response.content)
    assert document["status"] == status
    assert document["type"].startswith("/problems/")
    assert document["title"]
    assert document["detail"]
    return document
