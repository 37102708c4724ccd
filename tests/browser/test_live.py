"""Two windows: what one person does appears at another's without a reload, never under their hands, cut off or not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.claims.models import Claim
from annotations.claims.services import add_claims
from annotations.labelling.services import close_article
from annotations.live import hub
from annotations.projects.models import Membership, Project
from annotations.projects.services import change_role, edit_project, remove_member
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import Desk, closed, desk, draft, evidence, fact, label, opened

STREAM = "**/events/?seconds=*"
NOT_LIVE = "not live: looks every 10 seconds"
SECONDS = 20_000  # at most; a poll comes after ten


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def live(page: Page, words: str = "live") -> None:
    expect(page.locator("#live-state")).to_have_text(words, timeout=SECONDS)


def stays(page: Page) -> Callable[[], bool]:
    """Mark the page; whether it is still the same, not loaded anew."""
    page.evaluate("window.unreloaded = true")
    return lambda: bool(page.evaluate("window.unreloaded === true"))


class TestPages:
    def test_a_claim_page_follows_what_others_do(self, at: Desk, windows: Windows) -> None:
        claim = fact(at)
        page = windows(at.ben, f"/claims/{claim.pk}/")
        live(page)
        same = stays(page)
        evidence(at, claim, by="cleo", note="Seen in the register.")
        expect(page.locator("#aspect-content").get_by_text("Seen in the register.")).to_be_visible(timeout=SECONDS)
        assert same()

    def test_overview_log_and_articles_follow(self, at: Desk, windows: Windows) -> None:
        opened(at)
        pages = [
            windows(at.ben, path) for path in ("/projects/desk/", "/projects/desk/log/", "/projects/desk/articles/")
        ]
        for page in pages:
            live(page)
        opened(at, title="The ferry")
        for page in pages:
            expect(page.get_by_text("The ferry").first).to_be_visible(timeout=SECONDS)

    def test_disputes_follow(self, at: Desk, windows: Windows) -> None:
        page = windows(at.eve, "/projects/desk/disputes/")
        live(page)
        closed(at, ben="verifiable_fact", cleo="opinion")
        expect(page.get_by_role("link", name="Decide the next one")).to_be_visible(timeout=SECONDS)

    def test_an_article_to_read_follows_with_its_marks(self, at: Desk, windows: Windows) -> None:
        claims = opened(at)
        label(at, claims[0], ben="opinion", cleo="opinion")
        page = windows(at.vic, f"/articles/{claims[0].article_id}/")
        live(page)
        expect(page.get_by_text("Claims show here when labelling of them has closed.")).to_be_visible()
        close_article(at.ann, article_id=claims[0].article_id)
        expect(page.locator(".claims > li")).to_have_count(len(claims))
        assert page.evaluate("CSS.highlights.get('opinion')?.size") == 1


class TestHands:
    def test_a_form_that_somebody_types_in_is_left_alone_and_the_rest_is_not(self, at: Desk, windows: Windows) -> None:
        claim = fact(at)
        page = windows(at.ben, f"/claims/{claim.pk}/")
        live(page)
        page.get_by_text("Add evidence").first.click()
        note = page.locator("#evidence textarea[name=note]")
        note.click()
        page.keyboard.type("Half a sen")
        evidence(at, claim, by="cleo", note="Seen in the register.")
        expect(page.locator("#aspect-content").get_by_text("Seen in the register.")).to_be_visible(timeout=SECONDS)
        expect(note).to_be_focused()
        page.keyboard.type("tence")
        expect(note).to_have_value("Half a sentence")
        page.reload()
        expect(note).to_have_value("Half a sentence")

    def test_what_somebody_has_unfolded_stays_so_and_keeps_its_drafts(self, at: Desk, windows: Windows) -> None:
        claim = fact(at)
        page = windows(at.ben, f"/claims/{claim.pk}/")
        live(page)
        page.get_by_text("Propose a verdict").click()
        page.locator("h1").evaluate("() => document.activeElement.blur()")
        evidence(at, claim, by="cleo", note="Seen in the register.")
        expect(page.locator("#aspect-content").get_by_text("Seen in the register.")).to_be_visible(timeout=SECONDS)
        explanation = page.locator("textarea[name=explanation]")
        expect(explanation).to_be_visible()
        explanation.fill("The register says so.")
        page.reload()
        expect(explanation).to_have_value("The register says so.")


class TestRooms:
    def test_a_claim_of_the_room_locks_when_its_labelling_has_closed(self, at: Desk, windows: Windows) -> None:
        claims = opened(at)
        page = windows(at.ben, f"/articles/{claims[0].article_id}/")
        live(page)
        same = stays(page)
        label(at, claims[0], cleo="opinion", dora="opinion")
        close_article(at.ann, article_id=claims[0].article_id)
        expect(page.locator("#locked")).to_have_text("Labelling of this claim has closed.")
        expect(page.get_by_role("radio", name="Opinion")).to_be_disabled()
        expect(page.locator("#ticks b").first).to_have_text("O")
        assert same()

    def test_no_field_of_the_room_is_taken_from_under_the_hands(self, at: Desk, windows: Windows) -> None:
        claims = opened(at)
        page = windows(at.ben, f"/articles/{claims[0].article_id}/")
        live(page)
        note = page.get_by_label("Note", exact=True)
        note.click()
        page.keyboard.type("Half a sen")
        close_article(at.ann, article_id=claims[0].article_id)
        expect(page.locator("#locked")).to_be_visible()
        page.keyboard.type("tence")
        expect(note).to_have_value("Half a sentence")
        expect(note).to_be_focused()

    def test_a_missed_claim_is_told_of_and_saving_goes_on(self, at: Desk, windows: Windows) -> None:
        [claim] = opened(at, "One fell.")
        page = windows(at.ben, f"/articles/{claim.article_id}/")
        live(page)
        add_claims(at.ann, article_id=claim.article_id, wanted=[{"start": 0, "end": 6}])
        expect(page.locator("#added")).to_be_visible()
        page.keyboard.press("3")
        expect(page.locator("#saved")).to_have_text("saved")
        assert claim.labels.get().current.label == "opinion"

    def test_two_managers_edit_the_units_of_one_article(self, at: Desk, windows: Windows) -> None:
        article = draft(at)
        Membership.objects.filter(user=at.dora).update(role="manager")
        one, other = (windows(who, f"/articles/{article.pk}/") for who in (at.ann, at.dora))
        live(one)
        live(other)
        before = other.locator("#units > li").count()
        one.keyboard.press("m")
        expect(other.locator("#units > li")).to_have_count(before - 1)


class TestCut:
    def test_without_a_stream_it_says_so_and_follows_by_looking(self, at: Desk, windows: Windows) -> None:
        claim = fact(at)
        page = windows(at.ben, "/")
        page.route(STREAM, lambda route: route.abort())
        page.goto(f"/claims/{claim.pk}/")
        live(page, NOT_LIVE)
        evidence(at, claim, by="cleo", note="Seen in the register.")
        expect(page.locator("#aspect-content").get_by_text("Seen in the register.")).to_be_visible(timeout=SECONDS)
        page.unroute(STREAM)
        live(page)
        evidence(at, claim, by="cleo", note="Seen in the archive.")
        expect(page.locator("#aspect-content").get_by_text("Seen in the archive.")).to_be_visible(timeout=SECONDS)

    def test_a_server_that_refuses_streams_is_asked_again(self, at: Desk, windows: Windows) -> None:
        refused: list[str] = []

        def once(route: Route) -> None:
            refused.append(route.request.url)
            if len(refused) > 1:
                route.continue_()
            else:
                route.fulfill(status=429)

        page = windows(at.ben, "/")
        page.route(STREAM, once)
        page.goto("/projects/desk/")
        live(page)
        assert len(refused) == 2

    def test_signing_out_elsewhere_ends_it(self, at: Desk, windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 2.0)
        page = windows(at.ben, "/projects/desk/")
        live(page)
        other = page.context.new_page()
        other.goto("/account/")
        other.locator(".menu summary").click()
        other.get_by_role("button", name="Sign out").click()
        live(page, "You are signed out, or no longer in this project. Reload")

    def test_a_removed_member_sees_no_more(self, at: Desk, windows: Windows) -> None:
        page = windows(at.ben, "/projects/desk/")
        live(page)
        remove_member(at.ann, slug="desk", username="ben")
        live(page, "You are signed out, or no longer in this project. Reload")

    def test_another_role_has_its_own_pages_at_once(self, at: Desk, windows: Windows) -> None:
        page = windows(at.ben, "/projects/desk/")
        live(page)
        expect(page.get_by_role("link", name="Disputes")).to_have_count(0)
        change_role(at.ann, slug="desk", username="ben", role="adjudicator")
        expect(page.get_by_role("link", name="Disputes")).to_be_visible(timeout=SECONDS)
        live(page)
        edit_project(at.ann, slug="desk", changes={"name": "Another"})
        opened(at, title="The ferry")
        expect(page.get_by_text("The ferry").first).to_be_visible(timeout=SECONDS)


class TestWindows:
    def test_more_windows_than_places_work_all_the_same(self, at: Desk, windows: Windows) -> None:
        first = windows(at.ben, "/projects/desk/")
        live(first)
        more = [first.context.new_page() for _ in range(5)]
        for page in more:
            page.goto("/projects/desk/")
        assert {page.locator("#live-state").text_content() for page in more[:3]} <= {"live", ""}
        live(more[-1], NOT_LIVE)
        expect(more[-1].get_by_role("heading", name="Articles")).to_be_visible()


class TestPresence:
    @pytest.fixture
    def claim(self, at: Desk) -> Claim:
        Project.objects.update(presence=True)
        return opened(at)[0]

    def test_who_is_here_is_said_quietly(self, at: Desk, windows: Windows, claim: Claim) -> None:
        path = f"/articles/{claim.article_id}/"
        first = windows(at.ben, path)
        live(first)
        expect(first.locator("#here")).to_have_text("")
        second = windows(at.ann, path)
        expect(second.locator("#here")).to_contain_text("ben")
        expect(second.locator("#here")).to_contain_text("is here")
        assert unlooked(second) == []
        first.close()
        second.reload()
        live(second)
        expect(second.locator("#here")).to_have_text("")

    @pytest.mark.parametrize(("width", "dark"), [(390, True), pytest.param(1440, False, marks=pytest.mark.soak)])
    def test_it_looks_well(self, at: Desk, windows: Windows, claim: Claim, width: int, dark: bool) -> None:
        windows(at.ben, f"/articles/{claim.article_id}/")
        page = windows(at.cleo, f"/articles/{claim.article_id}/", width=width, dark=dark)
        expect(page.locator("#here")).to_contain_text("is here")
        live(page)
        assert unlooked(page) == []
