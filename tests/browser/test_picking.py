"""Words of the text are picked by keys, by looking for them and by touch, in the editor and in the room."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.models import Claim
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.browser.test_editor import place, units
from tests.factories.claims import Desk, desk, draft, opened

LINES = ("One fell. Two 👨‍👩‍👧‍👦 rose. Two left.", "قُتِلَ شخصان. عاد آخر.")


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def picked(page: Page, words: str) -> None:
    expect(page.locator("#picked")).to_have_text(words, use_inner_text=True)
    assert page.evaluate("getSelection().toString()") == words


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


class TestByKeys:
    def test_sentences_words_and_whole_characters(self, at: Desk, windows: Windows) -> None:
        article = draft(at, *LINES)
        page = windows(at.ann, f"/articles/{article.pk}/")
        said = page.locator("#said")
        press(page, "v")
        picked(page, "One fell.")
        expect(said).to_contain_text("Selecting.")
        assert unlooked(page) == []
        press(page, "ArrowDown")
        picked(page, "Two 👨‍👩‍👧‍👦 rose.")
        expect(said).to_have_text("Two 👨‍👩‍👧‍👦 rose.")
        press(page, "Shift+ArrowLeft", "Shift+ArrowLeft")
        picked(page, "Two 👨‍👩‍👧‍👦")
        expect(said).to_have_text("left out: rose")
        press(page, "Alt+ArrowLeft")
        picked(page, "Two")
        expect(said).to_have_text("left out: 👨‍👩‍👧‍👦")
        press(page, "Alt+ArrowRight", "Shift+ArrowDown")
        picked(page, "Two 👨‍👩‍👧‍👦 rose.")
        press(page, "o", "Alt+ArrowRight")
        picked(page, "wo 👨‍👩‍👧‍👦 rose.")
        press(page, "o", "Shift+ArrowDown", "Shift+ArrowUp", "o", "Alt+ArrowLeft")
        picked(page, "Two 👨‍👩‍👧‍👦 rose.")
        press(page, "Enter")
        place(page, "of 3")
        assert "Two 👨‍👩‍👧‍👦 rose." in units(article)
        expect(page.locator("#picking")).to_be_hidden()

    def test_left_and_right_are_those_of_the_line(self, at: Desk, windows: Windows) -> None:
        article = draft(at, *LINES, language="ar")
        page = windows(at.ann, f"/articles/{article.pk}/")
        press(page, "j", "v")
        picked(page, "قُتِلَ شخصان.")
        press(page, "ArrowLeft")
        picked(page, "عاد آخر.")
        press(page, "Shift+ArrowRight", "Shift+ArrowRight")
        picked(page, "عاد")
        press(page, "Enter")
        place(page, "of 3")
        assert "عاد" in units(article)

    def test_escape_leaves_and_the_keys_mean_what_they_did(self, at: Desk, windows: Windows) -> None:
        article = draft(at, *LINES)
        page = windows(at.ann, f"/articles/{article.pk}/")
        press(page, "v")
        picked(page, "One fell.")
        press(page, "ArrowDown", "Escape")
        expect(page.locator("#picking")).to_be_hidden()
        assert page.evaluate("getSelection().isCollapsed")
        press(page, "ArrowDown")
        place(page, "Unit 2 of 2")
        assert units(article) == list(LINES)

    def test_a_manager_adds_a_missed_claim_in_the_room(self, at: Desk, windows: Windows) -> None:
        [claim] = opened(at, "One fell.")
        page = windows(at.ann, f"/articles/{claim.article_id}/")
        press(page, "i")
        picked(page, "One fell.")
        press(page, "ArrowUp")
        picked(page, claim.article.text.partition("\n")[0])
        press(page, "Enter")
        expect(page.get_by_text("The missed claim was added.")).to_be_visible()
        assert Claim.objects.filter(article=claim.article_id, start=0).get().status == "labelling"


class TestLooking:
    def test_places_are_counted_and_gone_through(self, at: Desk, windows: Windows) -> None:
        article = draft(at, *LINES)
        page = windows(at.ann, f"/articles/{article.pk}/")
        page.get_by_text("Add a unit").click()
        field = page.get_by_label("Words, exactly as in the text")
        field.press_sequentially("two")
        found = page.locator("#found")
        expect(found).to_have_text("Place 1 of 2")
        field.press("Enter")
        expect(found).to_have_text("Place 2 of 2")
        page.get_by_role("button", name="Place before").click()
        expect(found).to_have_text("Place 1 of 2")
        page.get_by_role("button", name="Next place").click()
        assert page.evaluate("[...CSS.highlights.get('found')].map(String)") == ["Two"]
        page.get_by_role("button", name="Add", exact=True).click()
        place(page, "of 3")
        assert Claim.objects.get(article=article, exact="Two").start == article.text.rindex("Two")
        field.fill("nobody")
        expect(found).to_have_text("These words do not stand in the text.")
        assert unlooked(page) == []


def test_words_selected_by_touch_get_a_bar_near_the_thumb(at: Desk, windows: Windows) -> None:
    article = draft(at, *LINES)
    page = windows(at.ann, f"/articles/{article.pk}/", width=390, has_touch=True, is_mobile=True)
    bar = page.locator("#picking")
    expect(bar).to_be_hidden()
    page.evaluate(
        """() => {
          const line = document.querySelectorAll("#text > *")[1].firstChild;
          getSelection().setBaseAndExtent(line, 0, line, 3);
        }"""
    )
    expect(bar).to_be_in_viewport()
    box = page.get_by_role("button", name="Add this as a unit").bounding_box()
    assert box and box["height"] >= 40 and box["y"] > 450
    assert unlooked(page) == []
    page.get_by_role("button", name="Add this as a unit").tap()
    expect(bar).to_be_hidden()
    place(page, "of 3")
    assert "One" in units(article)
