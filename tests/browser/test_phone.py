"""Lists of the desk on a phone: nothing that people need is cut off, and titles can be read."""

import pytest
from playwright.sync_api import Page

from annotations.verification.moves import move_claim
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import Desk, desk, draft, opened, verified

PHONE = 390
TITLE = "The bridge at Kalda was inspected in May, says the minister, and nobody found anything wrong with it"


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def on_a_phone(windows: Windows, at: Desk, path: str, name: str = "ann") -> Page:
    return windows(at.people[name], path, width=PHONE)


@pytest.mark.parametrize("name", ["ann", "ben"])
def test_members_can_be_removed_on_a_phone(windows: Windows, at: Desk, name: str) -> None:
    page = on_a_phone(windows, at, "/projects/desk/members/", name)
    for link in page.locator("td a").all():
        box = link.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE
    assert unlooked(page) == []


def test_titles_of_articles_have_room_on_a_phone(windows: Windows, at: Desk) -> None:
    opened(at, title=TITLE)
    draft(at, title=TITLE + ".")
    page = on_a_phone(windows, at, "/projects/desk/articles/")
    for title in page.locator("tbody th").all():
        box = title.bounding_box()
        assert box and box["width"] >= 200 and box["height"] <= 180
    assert unlooked(page) == []


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (1440, False)])
def test_a_challenged_verdict_and_a_draft_to_discard_look_well(
    windows: Windows, at: Desk, width: int, dark: bool
) -> None:
    claim, article = verified(at), draft(at)
    for to in ("challenge", "correct"):
        move_claim(at.ann, claim_id=claim.pk, to=to, reason="The date was put right.")
    for path in (f"/claims/{claim.pk}/", f"/articles/{article.pk}/discard/", "/projects/desk/"):
        assert unlooked(windows(at.ann, path, width=width, dark=dark)) == []
