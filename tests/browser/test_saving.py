"""What is typed in the room is never lost: no connection, lost answers, closed tabs, other windows, refusals."""

from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.accounts.models import User
from annotations.labelling.models import Label, LabelRevision
from annotations.labelling.services import close_article
from annotations.projects.services import change_role
from tests.browser.conftest import Windows, session_of
from tests.browser.test_room import mine, path, place, saved
from tests.factories.claims import Desk, desk, label, opened


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


class TestConnection:
    def test_without_a_connection_everything_is_kept_and_sent_later(self, at: Desk, windows: Windows) -> None:
        first, second, *_ = opened(at)
        page = windows(at.ben, path(first))
        page.context.set_offline(True)
        page.keyboard.press("2")
        page.keyboard.press("3")
        expect(page.get_by_text("Not connected. What you type is kept in this browser")).to_be_visible()
        expect(page.locator(".tick.waiting")).to_have_count(2)
        page.keyboard.press("h")
        page.get_by_role("button", name="Hand in what is labelled so far").click()
        expect(page.get_by_text("Some labels are not sent yet.")).to_be_visible()
        assert not Label.objects.exists()
        page.context.set_offline(False)
        expect(page.locator(".tick.waiting")).to_have_count(0)
        expect(page.locator("#away")).to_be_hidden()
        assert [found and found.label for found in (mine(first), mine(second))] == ["verifiable_fact", "opinion"]

    def test_a_closed_tab_loses_nothing(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        page = windows(at.ben, path(first))
        page.context.set_offline(True)
        page.keyboard.press("r")
        page.keyboard.type("typed before the crash")
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        page.keyboard.press("k")
        page.close(run_before_unload=False)
        again = page.context.new_page()
        page.context.set_offline(False)
        again.goto(path(first))
        expect(again.get_by_label("Note")).to_have_value("typed before the crash")
        expect(again.locator(".tick.waiting")).to_have_count(0)
        found = mine(first)
        assert found and (found.label, found.rationale) == ("verifiable_fact", "typed before the crash")

    def test_an_answer_that_is_lost_is_no_second_label(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        page = windows(at.ben, path(first))
        lost: list[str] = []

        def lose(route: Any) -> None:
            if not lost:
                lost.append(route.fetch().text())
                route.abort()
            else:
                route.continue_()

        page.route("**/api/v1/claims/*/label/", lose)
        with page.expect_event("requestfailed"):
            page.keyboard.press("2")
        page.keyboard.press("k")
        page.get_by_label("Note").fill("more")
        expect(page.locator(".tick.waiting")).to_have_count(0)
        assert lost and LabelRevision.objects.filter(claim=first).count() == 2
        found = mine(first)
        assert found and found.rationale == "more"

    def test_leaving_asks_only_while_something_is_unsaved(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        page = windows(at.ben, path(first))
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.keyboard.press("2")
        saved(page, "Claim 1: saved")
        page.goto("/projects/desk/queue/")
        assert asked == []
        page.goto(path(first))
        page.route("**/api/v1/claims/*/label/", lambda route: route.abort())
        page.keyboard.press("3")
        expect(page.get_by_text("Not connected.")).to_be_visible()
        page.goto("/projects/desk/queue/")
        assert asked == ["beforeunload"]
        page.unroute_all()
        page.goto(path(first))
        expect(page.locator(".tick.waiting")).to_have_count(0)
        found = mine(first)
        assert found and found.label == "opinion"

    def test_signed_out_meanwhile(self, at: Desk, windows: Windows, site: str) -> None:
        first, *_ = opened(at)
        page = windows(at.ben, path(first))
        page.context.clear_cookies()
        page.keyboard.press("2")
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        page.context.add_cookies([{"name": "sessionid", "value": session_of(at.ben), "url": site}])
        elsewhere = page.context.new_page()
        elsewhere.goto("/account/")
        page.bring_to_front()
        expect(page.locator("#away")).to_be_hidden(timeout=10_000)
        assert mine(first)


class TestRefusals:
    def test_two_windows_of_mine_and_the_choice_between_them(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        here, there = windows(at.ben, path(first)), windows(at.ben, path(first))
        for page in (here, there):
            page.get_by_label("go on to the next claim").uncheck()
        there.keyboard.press("3")
        saved(there)
        here.get_by_label("Note").fill("mine")
        here.keyboard.press("Escape")
        here.keyboard.press("2")
        expect(here.get_by_role("alert").filter(has_text="There it is: Opinion.")).to_be_visible()
        found = mine(first)
        assert found and found.label == "opinion"
        here.get_by_role("button", name="Save mine").click()
        expect(here.locator(".tick.waiting")).to_have_count(0)
        found = mine(first)
        assert found and (found.label, found.rationale) == ("verifiable_fact", "mine")
        there.get_by_label("Note").fill("the other")
        expect(there.get_by_text("There it is: Verifiable fact.")).to_be_visible()
        there.get_by_role("button", name="Take the other").click()
        expect(there.get_by_label("Note")).to_have_value("mine")
        expect(there.locator(".tick.waiting")).to_have_count(0)
        assert Label.objects.get(claim=first).version == 2

    def test_closed_meanwhile(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        page = windows(at.ben)
        page.route("**/events/**", lambda route: route.abort())  # else it shows by itself
        page.goto(path(first))
        page.get_by_label("Note").fill("typed")
        close_article(at.ann, article_id=first.article_id)
        page.get_by_label("go on to the next claim").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        expect(page.get_by_role("alert").filter(has_text="Labelling of this claim has closed.")).to_be_visible()
        expect(page.get_by_label("Note")).to_have_value("typed")
        page.keyboard.press("j")
        expect(page.locator("#refused")).to_be_hidden()
        page.keyboard.press("k")
        expect(page.locator("#refused")).to_contain_text("Labelling of this claim has closed.")

    def test_a_role_taken_away_meanwhile(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at, "One.")
        label(at, first, ben="opinion", cleo="opinion")
        change_role(at.ann, slug="desk", username="ben", role="viewer")
        change_role(at.ann, slug="desk", username="ben", role="reviewer")
        page = windows(at.ben, path(first))
        change_role(at.ann, slug="desk", username="ben", role="viewer")
        page.keyboard.press("2")
        expect(page.locator("#why")).not_to_be_empty()
        expect(page.locator("input[value=verifiable_fact]")).to_be_checked()

    def test_a_missing_reason_is_asked_for_where_it_belongs(self, at: Desk, windows: Windows) -> None:
        first, *_ = opened(at)
        page = windows(at.ben, path(first))
        page.keyboard.press("n")
        saved(page, "not saved yet: say why")
        expect(page.get_by_text("0 of 5 labelled by you")).to_be_visible()
        page.get_by_label("Why? A few words.").fill("a byline")
        expect(page.get_by_text("1 of 5 labelled by you")).to_be_visible()
        expect(page.locator(".if-abstaining .row")).to_have_attribute("data-saved", "saved")

    def test_who_abstains_is_not_led_on_without_a_reason(self, at: Desk, windows: Windows) -> None:
        claim, _other = opened(at, "Who pays?", "It fell.")
        page = windows(at.ben, path(claim))
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        place(page, "Claim 1 of 2")
        expect(page.get_by_label("Why?")).to_be_focused()
        page.keyboard.type("a question")
        page.keyboard.press("Enter")
        place(page, "Claim 2 of 2")
        expect(page.locator(".tick.waiting")).to_have_count(0)
        assert (found := mine(claim)) and found.label == "not_a_claim"


class TestWhoIsHere:
    def test_what_ann_typed_is_never_stored_as_bens(self, at: Desk, windows: Windows, site: str) -> None:
        first, *_ = opened(at)
        page = windows(at.ann, path(first))
        page.get_by_label("go on to the next claim").uncheck()

        def sign_in(user: User) -> None:
            page.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": site}])
            page.context.new_page().goto("/account/")

        sign_in(at.ben)
        page.bring_to_front()
        page.keyboard.press("2")
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        assert not Label.objects.exists()
        sign_in(at.ann)
        page.bring_to_front()
        expect(page.locator("#away")).to_be_hidden(timeout=10_000)
        assert mine(first, "ann") and not mine(first, "ben")

    def test_two_tabs_keep_their_drafts_beside_each_other(self, at: Desk, windows: Windows) -> None:
        first, second, *_ = opened(at)
        here = windows(at.ben, path(first))
        there = here.context.new_page()
        there.goto(path(second))
        for page, text in ((here, "typed here"), (there, "typed there")):
            page.get_by_label("Note").fill(text)
        again = here.context.new_page()
        again.goto(path(first))
        expect(again.get_by_label("Note")).to_have_value("typed here")
        again.keyboard.press("j")
        expect(again.get_by_label("Note")).to_have_value("typed there")
