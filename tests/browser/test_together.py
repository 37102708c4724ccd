"""Working together in Chromium: mentions by keys, and how it looks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from annotations.discussion.models import Comment
from annotations.discussion.services import edit_comment, remove_comment, write_comment
from annotations.notifications.queries import listed
from annotations.notifications.services import mark_read
from annotations.verification.planning import plan_check
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import ARABIC, Desk, desk, fact


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def test_a_member_is_mentioned_by_keys(at: Desk, windows: Windows) -> None:
    claim = fact(at)
    page = windows(at.ben, f"/claims/{claim.pk}/")
    field = page.get_by_label("Your comment")
    field.click()
    page.keyboard.type("Ask @e")
    expect(page.locator(".mention-list [role=option]")).to_have_text(["eve", "ben", "cleo"])
    expect(field).to_have_attribute("aria-activedescendant", "mention-0")
    page.keyboard.press("Escape")
    expect(page.locator(".mention-list [role=option]")).to_have_count(0)
    page.keyboard.type("v")
    page.keyboard.press("Tab")
    page.keyboard.type("or @")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @eve or @ben ")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your comment is there.")).to_be_visible()
    assert Comment.objects.get().text == "Ask @eve or @ben"
    expect(page.locator(".mention")).to_have_text(["@eve", "@ben"])


@pytest.fixture
def every_page(at: Desk) -> list[str]:
    """A claim with comments of every kind and a plan that is overdue, the list of such, and ben's notifications."""
    claim = fact(at, ARABIC)
    for actor, text in (
        (at.ben, "Is it in the register, @dora?"),
        (at.cleo, "هل هو في السجل يا @ben؟"),
        (at.dora, "x"),
    ):
        comment = write_comment(actor, claim_id=claim.pk, text=text)
        edit_comment(actor, comment_id=comment.pk, text=f"{text} 🌉\nIt has to be.")
    remove_comment(at.ann, comment_id=comment.pk)
    due_on = timezone.localdate() - timedelta(days=1)
    plan_check(at.dora, claim_id=claim.pk, version=0, assignee="ben", priority="high", due_on=due_on)
    [newest, *_] = listed(at.ben)
    mark_read(at.ben, notification_id=newest.pk)
    return [f"/claims/{claim.pk}/", "/projects/desk/checking/", "/notifications/", "/account/"]


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_its_pages_are_accessible_and_fit(
    at: Desk, every_page: list[str], windows: Windows, width: int, dark: bool
) -> None:
    page = windows(at.ben, every_page[0], width=width, dark=dark)
    for fold in page.locator("#discussion summary, #plan summary").all():
        fold.click()
    page.get_by_label("Your comment").last.fill("@")
    page.keyboard.type("d")
    assert unlooked(page) == []
    for path in every_page:
        page.goto(path)
        assert unlooked(page) == [], path
    planner = windows(at.dora, every_page[0], width=width, dark=dark)
    planner.get_by_text("Plan it").click()
    assert unlooked(planner) == []
