"""Work that is handed out, in a browser: the plan, the page of assignments, the queue."""

import os
import re

import pytest
from playwright.sync_api import expect

from annotations.labelling.assigning import assign
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import Desk, desk, opened

SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def at(transactional_db: None) -> Desk:
    at = desk(distribution="assigned")
    for number in range(5):
        opened(at, title=f"The bridge at Kalda, part {number}: a heading of some length")
    return at


@pytest.mark.parametrize(("width", "dark"), [(1440, False), pytest.param(390, True, marks=pytest.mark.soak)])
def test_a_plan_is_shown_made_and_worked_on(at: Desk, windows: Windows, width: int, dark: bool) -> None:
    boss = windows(at.ann, "/projects/desk/assignments/", width=width, dark=dark)
    expect(boss.locator("main")).to_contain_text("nobody yet")
    boss.get_by_label("Seed").fill("11")
    boss.get_by_role("button", name="Show the plan").click()
    expect(boss.locator("#plan")).to_be_visible()
    assert unlooked(boss) == []
    if SHOTS:
        boss.screenshot(path=f"{SHOTS}/plan-{width}.png", full_page=True)
    boss.get_by_role("button", name="Assign like this").click()
    expect(boss.locator("#messages")).to_contain_text("with seed 11")
    assert unlooked(boss) == []
    claims = opened(at, title="Another article")
    assign(at.ann, slug="desk", claims=[claims[1].pk, claims[3].pk], reviewers=["ben"])
    boss.goto(f"/projects/desk/assignments/?article={claims[0].article_id}")
    assert unlooked(boss) == []
    if SHOTS:
        boss.screenshot(path=f"{SHOTS}/claims-{width}.png", full_page=True)
        boss.goto("/projects/desk/assignments/")
        boss.screenshot(path=f"{SHOTS}/assignments-{width}.png", full_page=True)
    boss.get_by_role("link", name="ben").last.click()
    assert unlooked(boss) == []
    ben = windows(at.ben, "/projects/desk/queue/", width=width, dark=dark)
    expect(ben.get_by_text(re.compile(r"Claim \d of 5")).first).to_be_visible()
    assert unlooked(ben) == []
    if SHOTS:
        boss.goto("/projects/desk/assignments/")
        boss.locator("td li a").first.click()
        boss.screenshot(path=f"{SHOTS}/one-{width}.png", full_page=True)
        ben.screenshot(path=f"{SHOTS}/queue-{width}.png", full_page=True)


def test_an_empty_queue_leads_into_the_next_article(at: Desk, windows: Windows) -> None:
    eve = windows(at.eve, "/projects/desk/queue/")
    assert unlooked(eve) == []
    if SHOTS:
        eve.screenshot(path=f"{SHOTS}/empty.png")
    eve.get_by_role("button", name="Take the next article").click()
    expect(eve.locator("#label-form")).to_be_visible()
    eve.goto("/projects/desk/queue/")
    eve.get_by_role("link", name="Give back").click()
    eve.get_by_role("button", name="Give it back").click()
    expect(eve.get_by_role("button", name="Take the next article")).to_be_visible()
