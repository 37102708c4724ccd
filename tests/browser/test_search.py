"""The search field in Chromium: a key, a page, and how it looks."""

import pytest
from playwright.sync_api import expect

from annotations.verification.sourcing import add_source
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import ARABIC, Desk, desk, fact


@pytest.fixture
def at(site: str) -> Desk:
    at = desk()
    for quote in (ARABIC, *(f"On day {number} the bridge at Kalda was closed." for number in range(7))):
        fact(at, quote)
    add_source(at.ben, slug="desk", url="https://records.example/kalda", title="Register of bridges")
    return at


def test_a_key_leads_to_the_field_and_the_field_to_what_was_found(at: Desk, windows: Windows) -> None:
    page = windows(at.ben, "/projects/desk/members/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search this project")).to_be_focused()
    page.keyboard.type("kalda bridge/s"[:12])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Claims")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("bridge")
    page.get_by_role("link", name="All claims that fit").click()
    expect(page.get_by_role("heading", name="Claims 7")).to_be_visible()
    page.get_by_role("link", name="On day 3").click()
    expect(page.get_by_role("heading", name="Proposition")).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_its_page_is_accessible_and_fits(at: Desk, windows: Windows, width: int, dark: bool) -> None:
    page = windows(at.ben, "/projects/desk/search/", width=width, dark=dark)
    for query in ("", "?q=bridge", "?q=الجسر", "?q=zebra", "?q=bridge&kind=claim"):
        page.goto(f"/projects/desk/search/{query}")
        assert unlooked(page) == [], query
