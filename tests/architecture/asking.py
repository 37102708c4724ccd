"""Sends what a rule describes as one of the people of the world, and takes it back again."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import orjson
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.rules import Rule, address
from tests.factories.world import World

API_ROOT = "api/v1/"
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route that Django's URL resolver knows, as it is written."""
    for entry in (resolver or get_resolver()).url_patterns:
        whole = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield whole
        else:
            yield from routes(entry, whole)


def masked(content: bytes) -> bytes:
    """A page without its CSRF tokens, which differ each time it is drawn."""
    return CSRF.sub(rb"\1", content)


def client_of(world: World, role: str) -> Client:
    """A browser with this person's session, which nobody else shares: signing out in it is no loss."""
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(world.people[role].browser.cookies.output(header="", sep=";"))
    return client


def ask(world: World, route: str, method: str, rule: Rule, role: str, state: str, query: str = "") -> Any:
    """The answer to one request by a rule. What it wrote is taken back."""
    path = address(world, route, rule.about, state, role) + query
    body = rule.body(world, state)
    headers = {name.replace("_", "-"): value for name, value in rule.headers(world, state).items()}
    with transaction.atomic():
        answer = _sent(client_of(world, role), method, path, body, headers, json=route.startswith(API_ROOT))
        transaction.set_rollback(True)
    return answer


def _sent(client: Client, method: str, path: str, body: Any, headers: dict[str, str], *, json: bool) -> Any:
    if body is None:
        return client.generic(method, path, headers=headers)
    if json:
        return client.generic(method, path, orjson.dumps(body), "application/json", headers=headers)
    return client.generic(
        method, path, urlencode(body, doseq=True), "application/x-www-form-urlencoded", headers=headers
    )
