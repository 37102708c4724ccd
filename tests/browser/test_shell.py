"""The shell and the desk pages in Chromium: wide, narrow, dark, without a mouse, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.accounts.models import User
from annotations.accounts.services import create_user, sign_in_secret
from annotations.sample import loading
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked

PATHS = [
    "/",
    "/account/",
    "/projects/new/",
    "/projects/sample/",
    "/projects/sample/?status=labelling",
    "/projects/sample/members/",
    "/projects/sample/members/ben/remove/",
    "/projects/sample/settings/",
    "/projects/sample/codebook/",
    "/projects/sample/codebook/new/",
    "/projects/sample/log/",
    "/projects/sample/releases/",
    "/projects/sample/releases/new/",
    "/projects/nowhere/",
]


@pytest.fixture
def ann(site: str) -> User:
    """The sample's manager."""
    loading.load()
    return User.objects.get(username="ann")


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_every_desk_page_is_accessible_and_fits(ann: User, windows: Windows, width: int, dark: bool) -> None:
    page = windows(ann, width=width, dark=dark)
    found = {}
    for path in PATHS:
        page.goto(path)
        found[path] = unlooked(page)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_signed_out_pages_are_accessible(windows: Windows) -> None:
    page = windows(dark=True)
    for path in ("/sign-in/", "/sign-in/used-up/", "/invitations/used-up/"):
        page.goto(path)
        assert unlooked(page) == []


def test_a_sign_in_link_is_used_by_its_button_alone(site: str, windows: Windows) -> None:
    person = create_user("réna")
    path = f"/sign-in/{sign_in_secret(person)}/"
    page = windows(path=path)
    page.reload()
    page.get_by_role("button", name="Sign in as réna").click()
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()
    again = windows(path=path)
    expect(again.get_by_role("heading", name="This link is used up")).to_be_visible()


def test_keyboard_alone_skips_to_the_content_and_opens_the_menu(ann: User, windows: Windows) -> None:
    page = windows(ann)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.locator("header summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("banner").get_by_role("link", name="My projects")).to_be_focused()
    page.get_by_role("button", name="Sign out").press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_on_a_phone_the_present_page_is_in_sight_and_the_menu_closes(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/sample/settings/", width=390)
    expect(page.get_by_role("navigation", name="Project").get_by_role("link", name="Settings")).to_be_in_viewport()
    menu, entry = page.locator("header summary"), page.get_by_role("banner").get_by_role("link", name="My projects")
    menu.click()
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("main").click(position={"x": 10, "y": 400})
    expect(entry).to_be_hidden()


def test_what_was_typed_stays_when_it_is_refused(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/new/")
    page.get_by_label("Name").fill("جسر كالدا")
    page.get_by_label("Labels per claim").fill("3")
    page.get_by_role("button", name="Begin the project").click()
    expect(page.get_by_label("Address")).to_have_accessible_description(re.compile("This name gives no address"))
    expect(page.get_by_label("Name")).to_have_value("جسر كالدا")
    page.get_by_label("Address").fill("kalda")
    page.get_by_role("button", name="Begin the project").click()
    expect(page.get_by_role("heading", level=1, name="جسر كالدا")).to_be_visible()
    expect(page.get_by_text("3 labels per claim")).to_be_visible()


def test_two_managers_at_the_settings_see_both_texts(ann: User, windows: Windows) -> None:
    first, second = windows(ann, "/projects/sample/settings/"), windows(ann, "/projects/sample/settings/")
    _rename(first, "The pier")
    expect(first.get_by_text("Saved.")).to_be_visible()
    _rename(second, "The ferry")
    warning = second.get_by_role("alert")
    expect(warning).to_contain_text("The pier")
    expect(warning).to_contain_text("The ferry")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("navigation", name="Where you are")).to_contain_text("The ferry")


def test_an_invitation_brings_a_newcomer_without_scripts(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/sample/members/", java_script_enabled=False)
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".secret").inner_text()
    newcomer = windows(path=link, java_script_enabled=False)
    newcomer.get_by_label("Name").fill("dora")
    newcomer.get_by_label("Password").fill("wertz-uiop-77")
    newcomer.get_by_role("button", name="Make the account and join").click()
    expect(newcomer.get_by_role("heading", name="Sample: the pier of Port Selvane")).to_be_visible()
    expect(newcomer.get_by_role("link", name="Label 25 claims")).to_be_visible()


def test_copying_the_invitation_link(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/sample/members/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".secret").inner_text()


def test_arabic_turns_the_page_around(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/sample/", locale="ar")
    brand, menu = page.locator(".brand").bounding_box(), page.locator("header summary").bounding_box()
    assert brand and menu and brand["x"] > menu["x"]
    assert unlooked(page) == []


def _rename(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()


def test_the_language_of_the_pages_is_chosen_on_the_page_itself(ann: User, windows: Windows) -> None:
    page = windows(ann, "/projects/sample/?status=labelling", java_script_enabled=False)
    page.get_by_role("button", name="العربيّة").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.endswith("/projects/sample/?status=labelling")
    page.goto("/account/")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="API tokens")).to_be_visible()
