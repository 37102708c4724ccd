"""People at their clients: what a test says somebody does is one request, and the answer is read as they would."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler

from annotations.accounts.models import User
from annotations.accounts.services import create_token, create_user

API = "/api/v1/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Shared by all clients here: a handler of its own looks through every static file before its first answer.
HANDLER = ClientHandler(enforce_csrf_checks=False)


@dataclass(frozen=True)
class Person:
    """Somebody in a browser (`browser`) and with a program (`program`); nobody signed in where `user` is None."""

    user: User | None

    @classmethod
    def new(cls, username: str) -> "Person":
        """Somebody with a new account."""
        return cls(create_user(username))

    @property
    def name(self) -> str:
        return self.user.get_username() if self.user else ""

    @cached_property
    def browser(self) -> Client:
        """A signed-in session; errors come back as answers, as they do to people."""
        client = _client()
        if self.user:
            client.force_login(self.user, backend=BACKEND)
        return client

    @cached_property
    def key(self) -> dict[str, str]:
        """The header of a token of this person."""
        return {"Authorization": f"Token {create_token(self.user)[1]}"} if self.user else {}

    @cached_property
    def program(self) -> Client:
        """A client with that token."""
        return _client(headers=self.key)

    def api(self, method: str, path: str, data: Any = None, *, want: int = 200, **headers: str) -> Any:
        """What the API answers to one request of the program, which has to have the status `want`."""
        response = self.send(method, path, data, **headers)
        assert response.status_code == want, f"{method} {path}: {response.status_code} {response.content.decode()}"
        return orjson.loads(response.content) if response.content else None

    def send(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponseBase:
        """The answer to one request of the program, whatever it is."""
        return send(self.program, method, API + path, data, **headers)

    def every(self, path: str) -> list[Any]:
        """All results of a list, page after page."""
        page = self.api("GET", f"{path}?limit=200")
        results = page["results"]
        while page["next"]:
            page = self.api("GET", page["next"].partition(API)[2])
            results += page["results"]
        return results


def _client(**defaults: Any) -> Client:
    client = Client(raise_request_exception=False, **defaults)
    client.handler = HANDLER
    return client


def send(client: Client, method: str, path: str, data: Any = None, **headers: str) -> Any:
    """One request, with `data` as JSON; headers are given as `if_match='"1"'`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"" if data is None else orjson.dumps(data)
    return client.generic(method, path, body, "application/json" if body else "", headers=named)


def team(manager: str = "ann", slug: str = "desk", *, rules: dict[str, Any] | None = None, **roles: str) -> "Team":
    """New people and a project of theirs, begun through the API: `team(ben="reviewer", dora="adjudicator")`."""
    people = {name: Person.new(name) for name in (manager, *roles)}
    people[manager].api("POST", "projects/", {"slug": slug, "name": slug.title(), **(rules or {})}, want=201)
    for name, role in roles.items():
        people[manager].api("POST", f"projects/{slug}/members/", {"username": name, "role": role}, want=201)
    return Team(slug, manager, people)


@dataclass(frozen=True)
class Team:
    """A project and its people; `manager` is the one who began it."""

    slug: str
    manager_name: str
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def boss(self) -> Person:
        return self.people[self.manager_name]

    def opened(self, text: str, units: list[str] | None = None) -> tuple[str, list[str]]:
        """The id of a new article, opened for labelling, and of its claims: `units`, or what segmentation proposes."""
        new = {"text": text, "segment": units is None, "language": "en"}
        article = self.boss.api("POST", f"projects/{self.slug}/articles/", new, want=201)["id"]
        if units is not None:
            self.boss.api("POST", f"articles/{article}/claims/", [{"exact": unit} for unit in units], want=201)
        self.boss.api("POST", f"articles/{article}/open/")
        return article, [claim["id"] for claim in self.boss.every(f"articles/{article}/claims/")]
