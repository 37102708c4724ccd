"""Words of the text for source, cue, what is said and flags: by mouse, by keys, in every script, after a reload."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.models import Claim
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.browser.test_room import mine, path
from tests.factories.claims import Desk, desk, label, opened, said

SPOKE = "The mayor of Kalda, Réna Orlu 🌉, spoke on Tuesday."
CLAIM = "She said the bridge was martyred."
ARABIC = ("تكلم الوزير أحمد سالم أمس.", "وقال إن الجسر آمن.")


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def stored(page: Page, claim: Claim) -> dict[str, str]:
    """The words at the stored spans, once everything is taken and saved."""
    page.wait_for_timeout(200)  # what takes words is brought by the first press
    expect(page.locator(".tick.waiting")).to_have_count(0)
    found = mine(claim)
    text = claim.article.text
    spans = ((found and found.attribution) or {}).get("spans", {})
    return {name: text[span["start"] : span["end"]] for name, span in spans.items()}


def drawn(page: Page, part: str) -> list[str]:
    return list(page.evaluate("part => [...CSS.highlights.get(`part-${part}`)].map(String)", part))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def select(page: Page, words: str) -> None:
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
            return;
          }
        }""",
        words,
    )


class TestHands:
    def test_selected_words_fill_the_field_and_stay_after_a_reload(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, SPOKE, CLAIM)
        page = windows(at.ben, path(claim))
        page.locator(".pick", has_text="Attributed statement").click()
        for part, words in (("source", "Réna Orlu 🌉"), ("cue", "said"), ("content", "the bridge was martyred")):
            select(page, words)
            page.locator(f"[data-take={part}]").click()
        expect(page.get_by_label("Source", exact=True)).to_have_value("Réna Orlu 🌉")
        expected = {"source": "Réna Orlu 🌉", "cue": "said", "content": "the bridge was martyred"}
        assert stored(page, claim) == expected
        page.reload()
        for part, words in expected.items():
            assert drawn(page, part) == [words]
            expect(page.locator(f"q.part-{part}")).to_have_text(words)
        expect(page.locator("#legend")).to_have_text("source cue what is said")
        assert unlooked(page) == []

    def test_places_are_forgotten_and_typed_words_stay(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, SPOKE, CLAIM)
        page = windows(at.ben, path(claim))
        page.locator(".pick", has_text="Attributed statement").click()
        page.get_by_label("Source", exact=True).fill("the mayor herself")
        select(page, "She")
        page.locator("[data-take=source]").click()
        expect(page.get_by_label("Source", exact=True)).to_have_value("the mayor herself")
        assert stored(page, claim) == {"source": "She"}
        page.get_by_role("button", name="Forget the words of: Source in the text").click()
        expect(page.locator("#legend")).to_be_hidden()
        assert stored(page, claim) == {} and drawn(page, "source") == []
        found = mine(claim)
        assert found and found.attribution == {"source_name": "the mayor herself"}

    def test_words_from_elsewhere_are_refused_at_the_field(self, at: Desk, windows: Windows) -> None:
        _, _, claim = opened(at, "An earlier sentence.", SPOKE, CLAIM)
        page = windows(at.ben, path(claim))
        page.locator(".pick", has_text="Attributed statement").click()
        for part, words in (("source", "earlier"), ("content", "Tuesday"), ("cue", "")):
            page.evaluate("getSelection().removeAllRanges()")
            if words:
                select(page, words)
            page.locator(f"[data-take={part}]").click()
            expect(page.locator(f"[data-part={part}] .pick-hint")).to_contain_text("First select words of the claim")
        assert stored(page, claim) == {}


class TestKeys:
    def test_by_keys_alone_also_from_the_sentence_before(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, SPOKE, CLAIM)
        page = windows(at.ben, path(claim))
        press(page, "1", "ArrowRight", "ArrowRight", "v")
        expect(page.get_by_label("Cue", exact=True)).to_have_value("said")
        press(page, *["ArrowLeft"] * 10, *["Shift+ArrowRight"] * 2, "s")
        press(page, *["ArrowRight"] * 3, *["Shift+ArrowRight"] * 3, "t", "e")
        assert stored(page, claim) == {"source": "Kalda, Réna", "cue": "said", "content": "the bridge was martyred"}
        found = mine(claim)
        assert found and found.content_kind == "evaluation"
        press(page, "s")
        expect(page.get_by_label("Source", exact=True)).to_be_focused()

    def test_arrows_follow_the_direction_of_the_text(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, *ARABIC, language="ar")
        page = windows(at.ben, path(claim))
        press(page, "1", "ArrowLeft", "v", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "s")
        assert stored(page, claim) == {"cue": "وقال", "source": "سالم أمس"}
        page.reload()
        assert drawn(page, "source") == ["سالم أمس"]

    def test_a_flag_is_set_on_words_moved_and_taken_back(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, SPOKE, CLAIM)
        page = windows(at.ben, path(claim))
        page.get_by_label("go on to the next claim").uncheck()
        press(page, "2", "Escape", *["ArrowRight"] * 6, "l", "w")
        expect(page.locator(".flag q")).to_have_text(["martyred"])
        expect(page.locator(".tick.waiting")).to_have_count(0)
        found = mine(claim)
        start = claim.start + CLAIM.index("martyred")
        assert found and found.flags == [{"flag": "loaded_language", "start": start, "end": start + 8}, "weasel_words"]
        press(page, "l", "w")
        expect(page.locator(".flag :checked")).to_have_count(0)
        expect(page.locator(".tick.waiting")).to_have_count(0)

    def test_the_list_of_keys_has_every_key_of_the_card(self, at: Desk, windows: Windows) -> None:
        _, claim = opened(at, SPOKE, CLAIM)
        label(at, claim, ben=said("attributed_statement"))
        page = windows(at.ben, path(claim))
        press(page, "?")
        listed = set(page.locator("#keys kbd").all_text_contents())
        shown = set(page.locator("#card kbd, .strip kbd").all_text_contents())
        assert shown <= listed


class TestKind:
    def test_handing_in_hints_at_a_missing_kind_and_goes_all_the_same(self, at: Desk, windows: Windows) -> None:
        first, claim = opened(at, SPOKE, CLAIM)
        label(at, first, ben="opinion")
        label(at, claim, ben=said("attributed_statement"))
        for javascript in (False, True):
            page = windows(at.ben, path(first), java_script_enabled=javascript)
            page.locator("#hand-in summary").click()
            expect(page.locator("#kindless")).to_contain_text("You can hand in all the same")
            expect(page.locator("#kindless-list li")).to_have_count(1)
        page.locator("#kindless-list a").click()
        press(page, "f")
        expect(page.locator("#kindless")).to_be_hidden()
        page.get_by_role("button", name="Hand in", exact=True).click()
        expect(page.get_by_text("2 labels handed in.")).to_be_visible()
