"""Edits of units are undone and done again in Chromium, step by step; what others changed is never undone."""

import pytest
from playwright.sync_api import Page, expect

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.services import resize_claim
from tests.browser.conftest import Windows
from tests.browser.test_editor import place, units
from tests.browser.test_room import middle
from tests.factories.claims import Desk, desk, draft

LINES = ("One 🔥 fell. Two rose.", "Three stood.", "Four left.")
State = list[tuple[str, str]]


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def state(article: Article) -> State:
    """Every unit with its proposition."""
    return list(Claim.objects.filter(article=article).order_by("start").values_list("exact", "proposition"))


def settled(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_have_text(words)


def test_every_kind_of_edit_is_undone_and_done_again(at: Desk, windows: Windows) -> None:
    article = draft(at, *LINES)
    page = windows(at.ann, f"/articles/{article.pk}/")
    page.get_by_label("Proposition").fill("Ann fell and Ben rose.")
    settled(page, "saved")
    page.keyboard.press("Escape")
    states: list[State] = [state(article)]

    def did(words: str) -> None:
        place(page, words)
        states.append(state(article))

    page.mouse.click(*middle(page, "Two"))
    page.keyboard.press("s")
    did("Unit 1 of 4")
    page.keyboard.press("j")
    page.keyboard.press("m")
    did("Unit 2 of 3")
    page.keyboard.press("}")
    settled(page, "saved")
    did("Unit 2 of 3")
    page.keyboard.press("d")
    did("Unit 2 of 2")
    page.mouse.dblclick(*middle(page, "Three"))
    page.keyboard.press("a")
    did("Unit 2 of 3")
    assert len({str(each) for each in states}) == len(states)

    for wanted in reversed(states[:-1]):
        page.keyboard.press("z")
        settled(page, "Undone.")
        page.keyboard.press("?")  # once the turn is over, a key that changes nothing
        page.keyboard.press("?")
        assert state(article) == wanted
        page.evaluate("document.getElementById('saved').textContent = ''")
    page.keyboard.press("z")
    expect(page.get_by_role("alert")).to_have_text("There is nothing to undo.")
    for wanted in states[1:]:
        page.keyboard.press("Shift+Z")
        settled(page, "Done again.")
        assert state(article) == wanted
        page.evaluate("document.getElementById('saved').textContent = ''")
    page.get_by_role("button", name="Do again").click()
    expect(page.get_by_role("alert")).to_have_text("There is nothing to do again.")


def test_what_another_changed_meanwhile_stays_and_it_is_told(at: Desk, windows: Windows) -> None:
    article = draft(at, *LINES)
    page = windows(at.ann, f"/articles/{article.pk}/")
    page.keyboard.press("m")
    place(page, "Unit 1 of 2")
    merged = Claim.objects.get(article=article, exact__startswith="One")
    resize_claim(at.ann, claim_id=merged.pk, start=merged.start, end=merged.end - 1, version=merged.version)
    page.keyboard.press("z")
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed these units meanwhile")
    expect(page.locator("#quote")).to_have_text(merged.exact[:-1], use_inner_text=True)
    assert units(article) == [merged.exact[:-1], LINES[2]]
    page.keyboard.press("z")
    expect(page.get_by_role("alert")).to_have_text("There is nothing to undo.")


def test_without_a_connection_nothing_is_undone_and_it_can_be_tried_again(at: Desk, windows: Windows) -> None:
    article = draft(at, *LINES)
    page = windows(at.ann, f"/articles/{article.pk}/")
    page.keyboard.press("d")
    place(page, "Unit 1 of 2")
    page.context.set_offline(True)
    page.keyboard.press("z")
    expect(page.get_by_role("alert")).to_contain_text("Not connected")
    page.context.set_offline(False)
    page.keyboard.press("z")
    place(page, "Unit 1 of 3")
    assert units(article) == list(LINES)


def test_what_was_written_after_a_split_is_kept_when_it_is_undone(at: Desk, windows: Windows) -> None:
    article = draft(at, *LINES)
    page = windows(at.ann, f"/articles/{article.pk}/")
    page.mouse.click(*middle(page, "Two"))
    page.keyboard.press("s")
    place(page, "Unit 1 of 4")
    page.get_by_label("Proposition").fill("Ann fell.")
    settled(page, "saved")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    place(page, "Unit 1 of 3")
    assert state(article)[0] == (LINES[0], "Ann fell.")


def test_the_list_of_many_units_has_pages(at: Desk, windows: Windows) -> None:
    article = draft(at, *[f"House {n} burned." for n in range(400)])
    page = windows(at.ann, f"/articles/{article.pk}/")
    assert page.locator("#units input").count() == 150
    page.get_by_role("link", name="Units 151 to 300").click()
    place(page, "Unit 151 of 400")
    page.get_by_role("link", name="House 151 burned.").click()
    page.keyboard.press("m")
    place(page, "Unit 152 of 399")
    expect(page.locator("#units .num").nth(1)).to_have_text("152")
    page.get_by_role("link", name="Units 1 to 150").click()
    place(page, "Unit 150 of 399")
