"""The labelling room in Chromium: by keys alone, by touch, without a connection, in conflict, in every script."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.models import Claim
from annotations.labelling.models import Label, LabelRevision
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import Desk, desk, hand_in_all, label, opened, said

HARD = (
    "Fire 🔥🔥 at the port.",
    "👨‍👩‍👧‍👦 fled; 🇮🇶🇺🇸 met.",
    "Cafe\u0301 S\u0323\u0307o closed.",
    "قُتِلَ شخصان في القائم 🔥 أمس.",
    "אמר דובר צה״ל: שָׁלוֹם.",
)


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def path(claim: Claim) -> str:
    return f"/articles/{claim.article_id}/?claim={claim.pk}"


def mine(claim: Claim, name: str = "ben") -> LabelRevision | None:
    found = Label.objects.select_related("current").filter(claim=claim, reviewer__username=name).first()
    return found.current if found else None


def place(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def saved(page: Page, words: str = "saved") -> None:
    expect(page.locator("#saved")).to_have_text(words)


class TestKeys:
    def test_a_whole_article_without_a_mouse(self, at: Desk, windows: Windows) -> None:
        claims = opened(at)
        page = windows(at.ben, f"/articles/{claims[0].article_id}/")
        page.keyboard.press("2")
        place(page, "Claim 2 of 5")
        saved(page, "Claim 1: saved")
        page.keyboard.press("1")
        page.keyboard.press("e")
        page.keyboard.press("s")
        page.keyboard.type("Réna Orlu 123 unj")
        page.keyboard.press("Enter")
        place(page, "Claim 3 of 5")
        page.keyboard.press("u")
        expect(page.get_by_label("Why? A few words.")).to_be_focused()
        page.keyboard.type("two readings")
        page.keyboard.press("Enter")
        place(page, "Claim 4 of 5")
        page.keyboard.press("3")
        page.keyboard.press("n")
        page.keyboard.type("a question")
        page.keyboard.press("Escape")
        expect(page.get_by_text("5 of 5 labelled by you")).to_be_visible()
        page.keyboard.press("k")
        place(page, "Claim 4 of 5")
        page.keyboard.press("h")
        expect(page.get_by_text("All claims have a label of yours.")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_text("5 labels handed in.")).to_be_visible()
        expect(page.locator("#locked")).to_contain_text("You handed this in on")
        expect(page.get_by_text("Nothing left to hand in")).to_be_visible()
        expect(page.locator("#hand-in")).to_be_hidden()
        found = [mine(claim) for claim in claims]
        assert [each and each.label for each in found] == [
            "verifiable_fact",
            "attributed_statement",
            "unsure",
            "opinion",
            "not_a_claim",
        ]
        assert found[1] and found[1].content_kind == "evaluation"
        assert found[1].attribution == {"source_name": "Réna Orlu 123 unj"}
        assert found[2] and found[2].reason == "two readings"

    def test_on_a_phone_the_card_leads_to_handing_in_once_all_is_labelled(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at, "One fell.", "Two fell.")
        page = windows(at.ben, path(claim), width=390)
        link = page.get_by_role("link", name="All labelled: hand in")
        page.keyboard.press("2")
        expect(link).to_be_hidden()
        page.keyboard.press("3")
        expect(link).to_be_in_viewport()
        link.click()
        expect(page.locator("#hand-in-all")).to_be_in_viewport()

    def test_keys_wait_while_something_is_typed_and_can_be_switched_off(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        page = windows(at.ben, path(claim))
        page.keyboard.press("r")
        page.keyboard.type("1 2 3 u n j k h ?")
        expect(page.locator("#hand-in")).not_to_have_attribute("open", "")
        assert page.get_by_label("Note").input_value() == "1 2 3 u n j k h ?"
        saved(page, "not saved yet: choose a label")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.get_by_label("Use single keys").uncheck()
        page.keyboard.press("2")
        page.keyboard.press("j")
        place(page, "Claim 1 of 5")
        page.reload()
        page.keyboard.press("2")
        assert page.locator("input[name=label]:checked").count() == 0
        assert mine(claim) is None

    def test_going_on_is_a_setting(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        page = windows(at.ben, path(claim))
        page.get_by_label("go on to the next claim").uncheck()
        page.keyboard.press("2")
        saved(page)
        place(page, "Claim 1 of 5")
        page.reload()
        expect(page.get_by_label("go on to the next claim")).not_to_be_checked()

    def test_arrows_in_the_choices_choose_and_do_not_go_on(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        page = windows(at.ben, path(claim))
        page.locator("input[name=label]").first.focus()
        page.keyboard.press("ArrowDown")
        saved(page)
        place(page, "Claim 1 of 5")
        found = mine(claim)
        assert found and found.label == "verifiable_fact"

    def test_a_content_kind_is_taken_back_by_its_key(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        page = windows(at.ben, path(claim))
        for key in "1ff":
            page.keyboard.press(key)
        expect(page.locator(".waiting")).to_have_count(0)
        found = mine(claim)
        assert found and found.content_kind is None

    def test_the_codebook_opens_beside_the_card(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        page = windows(at.ben, path(claim))
        page.keyboard.press("b")
        expect(page.get_by_text("Is somebody made to say it?")).to_be_in_viewport()
        place(page, "Claim 1 of 5")
        page.keyboard.press("b")
        expect(page.get_by_text("Is somebody made to say it?")).to_be_hidden()


class TestText:
    def test_the_text_is_the_stored_one_and_claims_lie_on_their_words(self, at: Desk, windows: Windows) -> None:
        claims = opened(at, *HARD)
        page = windows(at.ben, path(claims[0]))
        assert page.locator("#text").evaluate("root => root.textContent") == claims[0].article.text
        drawn = page.evaluate("[...CSS.highlights.get('none')].map(String).sort()")
        assert drawn == sorted(claim.exact for claim in claims)
        for claim in claims:
            expect(page.locator("#quote")).to_have_text(claim.exact, use_inner_text=True)
            assert page.evaluate("[...CSS.highlights.get('current')].map(String)") == [claim.exact]
            page.keyboard.press("j")

    def test_a_click_on_its_words_goes_to_a_claim(self, at: Desk, windows: Windows) -> None:
        claims = opened(at, *HARD)
        page = windows(at.ben, path(claims[0]))
        for word, number in {"fled": 2, "closed": 3, "القائم": 4, "דובר": 5, "Fire": 1}.items():
            page.mouse.click(*middle(page, word))
            place(page, f"Claim {number} of 5")

    def test_my_labels_are_letters_beside_the_text(self, at: Desk, windows: Windows) -> None:
        first, second, *_ = opened(at)
        label(at, first, ben="verifiable_fact")
        page = windows(at.ben, path(second))
        letters = page.locator("#margin b")
        expect(letters).to_have_text(["F", "–", "–", "–", "–"])
        page.keyboard.press("3")
        expect(letters).to_have_text(["F", "O", "–", "–", "–"])
        assert page.evaluate("[...CSS.highlights.get('opinion')].map(String)") == [second.exact]

    def test_a_flag_takes_the_words_that_are_selected(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at, *HARD)
        page = windows(at.ben, path(claim))
        page.keyboard.press("2")
        page.keyboard.press("k")
        page.mouse.dblclick(*middle(page, "Fire"))
        page.get_by_label("loaded language").check()
        expect(page.locator(".flag q")).to_have_text(["Fire"])
        expect(page.locator(".waiting")).to_have_count(0)
        found = mine(claim)
        start = claim.article.text.index("Fire")
        assert found and found.flags[0] == {"flag": "loaded_language", "start": start, "end": start + 4}


class TestEverywhere:
    @pytest.mark.parametrize(("width", "dark"), [(1440, True), pytest.param(390, False, marks=pytest.mark.soak)])
    def test_the_room_is_accessible_and_fits(self, at: Desk, windows: Windows, width: int, dark: bool) -> None:
        claims = opened(at, *HARD, language="ar")
        label(at, claims[0], ben=said("attributed_statement", content_kind="fact", confidence=3))
        label(at, claims[1], ben="opinion")
        label(at, claims[2], ben="verifiable_fact", cleo="verifiable_fact")
        hand_in_all(at, claims[1], "ben")
        found = {}
        for name in ("ben", "ann"):
            page = windows(at.people[name], path(claims[0]), width=width, dark=dark)
            found[name] = unlooked(page)
            if name == "ben":
                page.keyboard.press("b")
                found["codebook"] = unlooked(page)
                page.keyboard.press("b")
                page.keyboard.press("h")
                found["hand-in"] = unlooked(page)
            else:
                page.get_by_text("For managers").click()
                page.get_by_text("Where this text comes from").click()
                found["managing"] = unlooked(page)
        assert {where: what for where, what in found.items() if what} == {}

    def test_a_phone_labels_by_touch_with_the_claim_in_sight(self, at: Desk, windows: Windows) -> None:
        claims = opened(at, *[f"House number {n} in the long street burned down to the ground." for n in range(30)])
        page = windows(at.ben, path(claims[20]), width=390, has_touch=True, is_mobile=True)
        card = page.locator("#card")
        expect(card).to_be_in_viewport()
        in_sight(page)
        page.locator(".pick", has_text="Verifiable fact").tap()
        place(page, "Claim 22 of 30")
        in_sight(page)
        page.get_by_text("Label this claim").tap()
        expect(page.locator(".pick", has_text="Verifiable fact")).to_be_hidden()
        expect(page.locator("#quote")).to_be_visible()

    def test_without_scripts_every_claim_is_a_link_and_the_card_a_form(self, at: Desk, windows: Windows) -> None:
        first, second, *_ = opened(at)
        page = windows(at.ben, path(first), java_script_enabled=False)
        page.get_by_role("link", name=second.exact[:12]).click()
        page.locator(".pick", has_text="Attributed statement").click()
        page.get_by_label("Source", exact=True).fill("Réna Orlu")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name="Claim 3 of 5")).to_be_visible()
        found = mine(second)
        assert found and found.attribution == {"source_name": "Réna Orlu"}
        page.locator("#hand-in summary").click()
        page.get_by_role("button", name="Hand in what is labelled so far").click()
        expect(page.get_by_text("1 label handed in.")).to_be_visible()

    def test_three_thousand_claims_are_one_form_and_keys_still_move(self, at: Desk, windows: Windows) -> None:
        claims = opened(at, *[f"House {n} burned." for n in range(3000)])
        page = windows(at.ben, path(claims[1499]))
        place(page, "Claim 1500 of 3000")
        page.keyboard.press("2")
        place(page, "Claim 1501 of 3000")
        saved(page, "Claim 1500: saved")
        letter = page.locator("#margin b.verifiable_fact")
        expect(letter).to_be_in_viewport()
        line = page.evaluate("[...CSS.highlights.get('verifiable_fact')][0].getBoundingClientRect().top")
        beside = letter.bounding_box()
        assert beside and abs(beside["y"] - line) < 12
        assert page.locator("#ticks a").count() == 152
        page.get_by_role("link", name="Claims 1351 to 1500").click()
        place(page, "Claim 1500 of 3000")
        assert page.locator("form").count() < 10
        assert page.evaluate("[...CSS.highlights.get('verifiable_fact')].map(String)") == [claims[1499].exact]


def middle(page: Page, word: str) -> tuple[float, float]:
    """A point in the middle of a word of the text."""
    box = page.evaluate(
        """word => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            const { x, y, width, height } = range.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
          }
        }""",
        word,
    )
    return box[0], box[1]


def in_sight(page: Page) -> None:
    """The current claim lies in the window, above the card."""
    box = page.evaluate("[...CSS.highlights.get('current')][0].getBoundingClientRect().toJSON()")
    card = page.locator("#card").bounding_box()
    assert card
    assert 0 <= box["top"] < box["bottom"] <= card["y"]
