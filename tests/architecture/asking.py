"""Sends what a rule describes as one of the people of the world, and takes it back again."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.db import transaction
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.rules import Rule, address
from tests.factories.world import World
from tests.personas import HANDLER

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


def ask(world: World, route: str, method: str, rule: Rule, role: str, state: str, query: str = "") -> Any:
    """The answer to one request by a rule. What it wrote is taken back."""
    path = address(world, route, rule.about, state, role) + query
    body = rule.body(world, state)
    if body is None:
        content, kind = b"", ""
    elif route.startswith(API_ROOT):
        content, kind = orjson.dumps(body), "application/json"
    else:
        content, kind = urlencode(body, doseq=True).encode(), "application/x-www-form-urlencoded"
    headers = {name.replace("_", "-"): value for name, value in rule.headers(world, state).items()}
    return sent(world, role, method, path, content, kind, headers)


def sent(
    world: World, role: str, method: str, path: str, content: bytes = b"", kind: str = "", headers: Any = None
) -> Any:
    """The answer to one request in this person's session. Nothing of it stays: neither cookies nor rows.

    The handler is called without Django's test client, which copies every context of every template.
    """
    session = world.people[role].browser.cookies.get(settings.SESSION_COOKIE_NAME)
    cookie = {"Cookie": f"{session.key}={session.value}"} if session else {}
    request = RequestFactory().generic(method, path, content, kind, headers={**cookie, **(headers or {})})
    with transaction.atomic():
        answer = HANDLER(request.environ)
        transaction.set_rollback(True)
    return answer
