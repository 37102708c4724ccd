"""Every page there is, from the table of routes, in light, dark and Arabic: no breach of WCAG A or AA, nothing that
sticks out, and everything that can be used is reached with Tab and seen to be reached."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.architecture.asking import API_ROOT
from tests.architecture.rules import address
from tests.architecture.table import TABLE, each
from tests.browser.conftest import Windows
from tests.browser.looking import contrast, misfits, unlooked, unreached
from tests.factories.world import World, world

LOOKS = {
    "light": {"width": 1440},
    "dark": {"width": 390, "dark": True},
    "arabic": {"width": 1440, "locale": "ar"},
    "arabic phone": {"width": 390, "dark": True, "locale": "ar"},
}
# What is no page: files, and answers to machines.
NO_PAGES = {"livez", "readyz", "releases/<uuid:id>/files/<str:name>", "snapshots/<uuid:id>/<str:form>"}
NO_PAGES |= {"public/releases/<uuid:id>/files/<str:name>"}


@pytest.fixture
def whole(site: str) -> World:
    """The world of the table of routes, in the tables that the site reads."""
    return world()


def pages(whole: World, *, every_state: bool) -> list[str]:
    """Every address that a manager may open, in each state of what it shows, or in the middle one of them."""
    found = []
    for route, methods in TABLE.items():
        if route.startswith(API_ROOT) or route in NO_PAGES or "GET" not in methods:
            continue
        [rule] = each(methods["GET"])
        states = [state for state in rule.states() if rule.answer("manager", state, page=True) == 200]
        shown = states if every_state else states[len(states) // 2 :][:1]
        found += [address(whole, route, rule.about, state, "manager") for state in shown]
    return found


def looked_at(
    whole: World, windows: Windows, look: str, find: Callable[[Page], list[str]], *, every_state: bool = False
) -> None:
    """Find nothing wrong with any page."""
    page = windows(whole.people["manager"].user, **LOOKS[look])
    problems = {}
    found = pages(whole, every_state=every_state)
    for path in found:
        page.goto(path)
        problems[path] = find(page)
    assert len(found) > 30
    assert {path: wrong for path, wrong in problems.items() if wrong} == {}


def test_every_page_is_for_everybody(whole: World, windows: Windows) -> None:
    looked_at(whole, windows, "light", lambda page: unlooked(page) + unreached(page))


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_for_everybody_in_every_look_and_state(whole: World, windows: Windows, look: str) -> None:
    looked_at(whole, windows, look, lambda page: unlooked(page) + unreached(page), every_state=True)


def test_what_differs_elsewhere_is_well_too(whole: World, windows: Windows) -> None:
    """Dark colours, a phone's size, Arabic words; the whole look at every page in every look takes minutes."""
    looked_at(whole, windows, "arabic phone", lambda page: contrast(page) + misfits(page))
