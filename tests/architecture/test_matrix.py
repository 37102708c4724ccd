"""Every route × every method × every role × every state: who gets 401, 404, 403, and where it works.

The routes come from Django's URL resolver, the methods are tried one by one, and the expected answers follow from the
table. A route or a method that the table does not know is a failure.
"""

from collections import Counter

import pytest
from django.urls import reverse

from annotations.projects.access import LEAST_ROLE, Action
from annotations.projects.models import Role
from tests.architecture.asking import API_ROOT, ask, masked, routes, sent
from tests.architecture.rules import METHODS, SEEN, address
from tests.architecture.table import TABLE, each, every_rule
from tests.factories.world import ROLES, World

pytestmark = pytest.mark.django_db

NOBODYS = "01900000-0000-7000-8000-000000000000"


def test_the_table_has_every_route_and_no_other() -> None:
    assert sorted(routes()) == sorted(TABLE)


def test_the_table_has_every_state_of_everything(built: World) -> None:
    for about, states in SEEN.items():
        if about in built.things:
            assert set(states) == set(built.things[about]) & set(states) or about == "token"
            assert set(built.things[about]) == set(states)


ALIKE = 2  # of the states in which somebody is answered alike, so many are asked in `make test`; in `make soak` all


@pytest.mark.parametrize("most", [ALIKE, pytest.param(1000, marks=pytest.mark.soak)], ids=["some", "all"])
@pytest.mark.parametrize("route", TABLE)
def test_route(built: World, route: str, most: int) -> None:
    page, faults = not route.startswith(API_ROOT), []
    for method in METHODS:
        for rule in each(TABLE[route].get(method, [])):
            for role in ROLES:
                asked = Counter[int]()
                for state in rule.states():
                    expected = rule.answer(role, state, page=page)
                    asked[expected] += 1
                    if asked[expected] > most:
                        continue
                    answer = ask(built, route, method, rule, role, state)
                    place = answer.headers.get("Location", "")
                    must_sign_in = page and role == "signed out" and role not in rule.public
                    if answer.status_code != expected or (must_sign_in != place.startswith(f"{reverse('sign-in')}?")):
                        faults.append(f"{method} {state!r} as {role}: {answer.status_code} {place}, not {expected}")
    assert faults == [], route


@pytest.mark.parametrize("route", TABLE)
def test_no_other_method_is_answered(built: World, route: str) -> None:
    [rules, *_] = TABLE[route].values()
    [rule, *_], page = each(rules), not route.startswith(API_ROOT)
    path = address(built, route, rule.about, next(iter(rule.states())), "manager")
    for method in METHODS:
        for role in () if method in TABLE[route] else ("signed out", "stranger", "manager"):
            status = sent(built, role, method, path).status_code
            nameless = role == "signed out" and not page and not rule.public
            led_back = page and method == "GET"  # from a form's address to the page it stands on
            assert status == (401 if nameless else 302 if led_back else 405), f"{method} {path} as {role}"


@pytest.mark.parametrize("route", [route for route, methods in TABLE.items() if "GET" in methods])
def test_head_answers_as_get_does_and_says_nothing(built: World, route: str) -> None:
    [rule] = each(TABLE[route]["GET"])
    for role in ("signed out", "stranger", "manager"):
        got, head = (ask(built, route, method, rule, role, next(iter(rule.states()))) for method in ("GET", "HEAD"))
        assert (head.status_code, head.getvalue()) == (got.status_code, b""), role


@pytest.mark.parametrize("route", [route for route in TABLE if "<uuid:id>" in route])
def test_what_one_may_not_see_is_answered_as_what_there_is_not(built: World, route: str) -> None:
    for method, rules in TABLE[route].items():
        [rule, *_] = each(rules)
        answer = ask(built, route, method, rule, "stranger", next(iter(rule.states())))
        if answer.status_code == 404:
            nobodys = "/" + route.replace("<uuid:id>", NOBODYS).replace("<slug:slug>", built.slug).replace(
                "<str:name>", "x"
            )
            other = sent(built, "stranger", method, nobodys)
            assert (other.status_code, masked(other.content)) == (404, masked(answer.content))


def test_every_action_but_seeing_is_asked_for_somewhere() -> None:
    asked = {rule.does(state) for _, _, rule in every_rule() if rule.does for state in rule.states()}
    seen = {Action.SEE_PROJECT, Action.SEE_OPEN_WORK, Action.SEE_JOBS, Action.SEE_THROUGHPUT}
    assert asked | seen == set(Action)


def test_the_ladder_has_every_role_as_the_least_for_something() -> None:
    assert set(LEAST_ROLE.values()) == set(Role)
    assert set(LEAST_ROLE) == set(Action)
