"""Two windows of one person: they agree, nothing changes under the hands, and where both wrote the person chooses."""

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.models import Claim
from annotations.claims.opening import open_article
from annotations.labelling.models import Label
from tests.browser.conftest import Windows, session_of
from tests.browser.test_room import mine, path, place
from tests.factories.claims import Desk, desk, draft, label, opened, said


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def two(windows: Windows, at: Desk, claim: Claim) -> tuple[Page, Page]:
    """Two windows of ben in one browser, both at the claim, which stay there."""
    here = windows(at.ben, path(claim))
    here.get_by_label("go on to the next claim").uncheck()
    there = here.context.new_page()
    there.goto(path(claim))
    return here, there


def all_sent(*pages: Page) -> None:
    for page in pages:
        expect(page.locator(".tick.waiting")).to_have_count(0)


class TestAgreeing:
    def test_a_save_shows_in_the_other_window(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        here, there = two(windows, at, claim)
        here.keyboard.press("3")
        here.get_by_label("Note").fill("A judgement.")
        expect(there.get_by_label("Note")).to_have_value("A judgement.")
        expect(there.locator("input[value=opinion]")).to_be_checked()
        expect(there.get_by_text("1 of 5 labelled by you")).to_be_visible()
        all_sent(here, there)
        there.keyboard.press("2")
        expect(here.locator("input[value=verifiable_fact]")).to_be_checked()
        all_sent(here, there)
        expect(there.locator("#refused")).to_be_hidden()
        found = mine(claim)
        assert found and (found.label, found.rationale) == ("verifiable_fact", "A judgement.")

    def test_what_is_not_sendable_yet_shows_as_well(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        here, there = two(windows, at, claim)
        here.get_by_label("Note").fill("typed before the label")
        expect(there.get_by_label("Note")).to_have_value("typed before the label")
        there.keyboard.press("3")
        all_sent(there, here)
        found = mine(claim)
        assert found and found.rationale == "typed before the label"

    def test_a_focused_field_is_left_alone_until_it_is_left(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        label(at, claim, ben=said("opinion", rationale="first"))
        here, there = two(windows, at, claim)
        there.get_by_label("Note").focus()
        here.get_by_label("Note").fill("second")
        here.keyboard.press("Escape")
        here.keyboard.press("2")
        expect(there.locator("input[value=verifiable_fact]")).to_be_checked()
        assert there.get_by_label("Note").input_value() == "first"
        there.keyboard.press("Escape")
        expect(there.get_by_label("Note")).to_have_value("second")
        all_sent(here, there)

    def test_who_goes_on_typing_there_is_asked_with_both_versions(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        label(at, claim, ben=said("attributed_statement", attribution={"cue": "said"}, rationale="first"))
        here, there = two(windows, at, claim)
        there.get_by_label("Note").focus()
        here.get_by_label("Note").fill("from here")
        here.keyboard.press("Escape")
        all_sent(here)
        expect(there.locator("#refused")).to_be_hidden()
        there.keyboard.press("End")
        there.keyboard.type(" from there")
        both = there.locator("#both tbody tr")
        expect(both).to_have_count(1)
        expect(both.locator("th, td")).to_have_text(["Note", "first from there", "from here"])
        found = mine(claim)
        assert found and found.rationale == "from here"
        there.get_by_role("button", name="Save mine").click()
        expect(here.get_by_label("Note")).to_have_value("first from there")
        all_sent(here, there)

    def test_both_versions_in_words(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        here, there = windows(at.ben, path(claim)), windows(at.ben, path(claim))
        flag = {"flag": "loaded_language", "start": claim.start + 4, "end": claim.start + 10}
        spans = {"source": {"start": claim.start, "end": claim.start + 3}}
        content = said("attributed_statement", content_kind="fact", confidence=3, flags=[flag, "compound"])
        label(at, claim, ben=said("attributed_statement", attribution={"source_kind": "described", "spans": spans}))
        label(at, claim, ben=content)
        there.get_by_label("go on to the next claim").uncheck()
        there.keyboard.press("3")
        rows = there.locator("#both tbody tr")
        expect(rows.locator("th")).to_have_text(["Label", "What is said is a", "How sure?", "Flags"])
        expect(rows.locator("td:last-child")).to_have_text(
            ["Attributed statement", "fact", "3, fairly", "loaded language “bridge”, compound"]
        )
        there.get_by_role("button", name="Take the other").click()
        expect(there.locator(".flag q")).to_have_text(["bridge"])
        here.close()

    def test_the_same_typed_twice_is_no_question(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        here, there = windows(at.ben, path(claim)), windows(at.ben, path(claim))
        for page in (here, there):
            page.get_by_label("go on to the next claim").uncheck()
            page.keyboard.press("3")
            all_sent(page)
            expect(page.locator("#refused")).to_be_hidden()
        assert Label.objects.get(claim=claim).version == 1


class TestLeftovers:
    def test_words_typed_over_in_another_window_wait_to_be_looked_at(self, at: Desk, windows: Windows) -> None:
        claim, *_ = opened(at)
        here, there = two(windows, at, claim)
        there.get_by_label("Note").focus()
        here.get_by_label("Note").fill("only here")
        there.keyboard.type("only there")
        again = here.context.new_page()
        again.goto(path(claim))
        expect(again.get_by_label("Note")).to_have_value("only there")
        left = again.locator("#leftovers li")
        expect(left).to_contain_text("On claim 1, in another window")
        expect(left.locator("blockquote")).to_have_text("only here")
        left.get_by_role("button", name="Discard").click()
        again.reload()
        place(again, "Claim 1 of 5")
        expect(again.locator("#leftovers")).to_be_hidden()

    def test_a_proposition_typed_before_opening_is_shown_to_who_typed_it(
        self, at: Desk, windows: Windows, site: str
    ) -> None:
        article = draft(at)
        page = windows(at.ann, f"/articles/{article.pk}/", permissions=["clipboard-read", "clipboard-write"])
        page.route("**/api/v1/claims/*/", lambda route: route.abort())
        page.locator("#proposition textarea").fill("A bridge collapsed in Kalda.")
        page.locator("#proposition textarea").blur()
        expect(page.locator("#away")).to_be_visible()
        open_article(at.ann, article_id=article.pk)
        page.on("dialog", lambda dialog: dialog.accept())
        room = page.context.new_page()
        page.close()
        room.goto(f"/articles/{article.pk}/")
        left = room.locator("#leftovers li")
        expect(left).to_contain_text("The proposition of claim 1, not stored before the article was opened")
        left.get_by_role("button", name="Copy").click()
        expect(left.get_by_role("button", name="Copied")).to_be_visible()
        assert room.evaluate("navigator.clipboard.readText()") == "A bridge collapsed in Kalda."
        room.context.add_cookies([{"name": "sessionid", "value": session_of(at.ben), "url": site}])
        room.reload()
        expect(room.locator("#leftovers")).to_be_hidden()
