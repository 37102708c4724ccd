"""Sources are looked at again: what changed or died makes the right claims stale, once, until a person decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotations.audit.models import Event
from annotations.claims.models import Claim, Status
from annotations.fetching import robots
from annotations.jobs.models import Job
from annotations.jobs.services import cancel
from annotations.projects.services import edit_project
from annotations.snapshots.models import Snapshot
from annotations.snapshots.tasks import settle
from annotations.verification.keeping import upload_snapshot
from annotations.verification.models import Verdict
from annotations.verification.moves import move_claim
from annotations.verification.rechecking import expire, look_again
from annotations.verification.services import approve_verdict
from annotations.verification.source_models import Source, StaleMark
from tests.factories import claims as made
from tests.factories.claims import Desk, desk, fresh
from tests.factories.web import Web, page, reply
from tests.personas import Person
from tests.snapshots.conftest import web, work

pytestmark = pytest.mark.django_db
__all__ = ["web"]
BEFORE = "The ministry counted 1,240 cases in March.\nThe minister was pleased."
AFTER = "The ministry counted 1,420 cases in March.\nThe minister was pleased."


@pytest.fixture
def at() -> Desk:
    return desk()


def rests_on(at: Desk, url: str, quote: str = "") -> Claim:
    """A verified claim that rests on this address."""
    claim = made.fact(at)
    made.evidence(at, claim, url=url, quote=quote)
    approve_verdict(at.dora, verdict_id=made.proposal(at, claim).pk)
    return fresh(claim)


def looked_at_again() -> int:
    """As the clock does it when the time has come: ask for new snapshots, and take them."""
    Source.objects.filter(next_check_at__isnull=False).update(next_check_at=timezone.now() - timedelta(minutes=1))
    asked = look_again()
    assert work() == asked
    return asked


class TestChanged:
    def test_a_quote_that_is_gone_makes_its_claims_stale_once(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        url = web.url("/report")
        hit = rests_on(at, url, "counted 1,240 cases")
        spared = rests_on(at, url, "The minister was pleased.")
        other = rests_on(at, web.url("/other"), "counted 1,240 cases")
        web.pages["/other"] = page(BEFORE)
        work()
        web.pages["/report"] = page(AFTER)
        assert looked_at_again() == 2
        assert [fresh(claim).status for claim in (hit, spared, other)] == ["stale", "verified", "verified"]
        mark = hit.stale_marks.get()
        assert (mark.kind, mark.before and "1,240" in mark.before.text, mark.after and "1,420" in mark.after.text) == (
            "changed",
            True,
            True,
        )
        looked_at_again()
        assert StaleMark.objects.count() == 1
        assert Event.objects.filter(verb="claim.outdated").count() == 1

    def test_white_space_is_no_change(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"), "counted 1,240\n cases")
        work()
        web.pages["/report"] = page(BEFORE + "\nRead more.")
        looked_at_again()
        assert fresh(claim).status == Status.VERIFIED
        assert Source.objects.get().standing == Source.Standing.CHANGED

    def test_a_persons_decision_clears_it(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"), "counted 1,240 cases")
        work()
        web.pages["/report"] = page(AFTER)
        looked_at_again()
        move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="The figure was mended.")
        mark = claim.stale_marks.get()
        assert mark.cleared_at and mark.cleared_by == at.dora
        assert fresh(claim).status == Status.RESEARCHING

    def test_its_page_shows_the_difference(self, at: Desk, web: Web, client: Any) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"), "counted 1,240 cases")
        work()
        web.pages["/report"] = page(AFTER)
        looked_at_again()
        client.force_login(at.vic, backend="django.contrib.auth.backends.ModelBackend")
        listed = client.get("/projects/desk/stale/").content.decode()
        assert str(claim.stale_marks.get().pk) in listed
        shown = client.get(f"/stale/{claim.stale_marks.get().pk}/").content.decode()
        assert '<del class="went">1,240</del><ins class="came">1,420</ins>' in shown
        own = client.get(f"/claims/{claim.pk}/").content.decode()
        assert f'href="/stale/{claim.stale_marks.get().pk}/"' in own
        move_claim(at.dora, claim_id=claim.pk, to="correct", reason="The figure was mended.")
        assert "/stale/" not in client.get(f"/claims/{claim.pk}/").content.decode().split('id="history"')[0]
        log = client.get("/projects/desk/corrections/").content.decode()
        assert "found a claim stale" in log and web.url("/report") in log


class TestDead:
    def test_it_is_tried_again_ever_later_and_then_counts_as_dead(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"))
        work()
        del web.pages["/report"]
        looked_at_again()
        source = Source.objects.get()
        assert (fresh(claim).status, source.failures) == ("verified", 1)
        assert source.next_check_at and timedelta(minutes=50) < source.next_check_at - timezone.now() < timedelta(
            hours=2
        )
        looked_at_again()
        assert fresh(claim).status == Status.STALE
        assert claim.stale_marks.get().kind == "dead"
        looked_at_again()
        assert StaleMark.objects.count() == 1

    def test_it_comes_back(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        rests_on(at, web.url("/report"))
        work()
        gone = web.pages.pop("/report")
        looked_at_again()
        web.pages["/report"] = gone
        looked_at_again()
        source = Source.objects.get()
        assert (source.failures, source.standing) == (0, "same")

    def test_only_what_approved_verdicts_rest_on_is_looked_at(self, at: Desk, web: Web) -> None:
        claim = made.fact(at)
        made.evidence(at, claim, url=web.url("/report"))
        work()
        Source.objects.update(next_check_at=timezone.now())
        assert look_again() == 0
        assert Snapshot.objects.count() == 1


class TestNothingSaid:
    """What says nothing of the source makes nothing stale."""

    def test_an_upload(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"), "counted 1,240 cases")
        work()
        source = Source.objects.get()
        upload_snapshot(at.ben, source_id=source.pk, content=[AFTER.encode()], name="a.txt", media_type="text/plain")
        work()
        assert Snapshot.objects.filter(state="uploaded").exclude(text="").count() == 1
        looked_at_again()
        source.refresh_from_db()
        assert (fresh(claim).status, source.standing) == ("verified", "same")

    @pytest.mark.parametrize("where", ["annotations.snapshots.taking.read", "annotations.snapshots.taking.fetch"])
    def test_a_fault_of_ours(self, at: Desk, web: Web, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"))
        work()

        def full(*_: Any, **__: Any) -> Any:
            raise OSError("No space left on device")

        monkeypatch.setattr(where, full)
        for _turn in range(4):
            looked_at_again()
        assert Snapshot.objects.filter(reason_code="error").count() == 4
        assert (fresh(claim).status, Source.objects.get().failures) == ("verified", 0)

    def test_robots_that_forbid_it_now(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = rests_on(at, web.url("/report"))
        work()
        robots._known.clear()
        web.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /", kind="text/plain")
        for _turn in range(4):
            looked_at_again()
        assert Snapshot.objects.filter(state="refused").count() == 4
        assert fresh(claim).status == Status.VERIFIED

    def test_a_look_that_was_cancelled_is_not_asked_for_again_at_once(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        rests_on(at, web.url("/report"))
        work()
        Source.objects.update(next_check_at=timezone.now())
        assert look_again() == 1
        assert Event.objects.filter(verb="snapshot.requested").order_by("-number").first().actor is None
        cancel(at.ann, job_id=Job.objects.get(state="queued").pk)
        settle()
        assert look_again() == 0

    def test_switched_off(self, at: Desk, web: Web, settings: Any) -> None:
        rests_on(at, web.url("/report"))
        work()
        settings.FETCH = False
        Source.objects.update(next_check_at=timezone.now())
        assert look_again() == 0


class TestExpired:
    def test_verdicts_that_are_too_old_are_stale(self, at: Desk) -> None:
        old, young = made.verified(at), made.verified(at)
        Verdict.objects.filter(claim=young).update(as_of=timezone.localdate())
        Verdict.objects.filter(claim=old).update(as_of=date(2026, 1, 1))
        assert expire() == 0
        edit_project(at.ann, slug="desk", changes={"verdict_days": 90})
        assert expire() == 1
        assert [fresh(claim).status for claim in (old, young)] == ["stale", "verified"]
        assert old.stale_marks.get().kind == "expired"
        assert expire() == 0
        move_claim(at.dora, claim_id=old.pk, to="correct", reason="It holds; the date is told.")
        assert expire() == 0 and fresh(old).status == Status.CORRECTED

    def test_of_two_aspects_each_has_its_day(self, at: Desk) -> None:
        claim = made.quoted(at, "fact")
        for aspect, verdict in (("attribution", "accurate"), ("content", "supported")):
            made.evidence(at, claim, aspect=aspect, quote="It was bound to happen")
            approve_verdict(at.dora, verdict_id=made.proposal(at, claim, aspect, verdict).pk)
        edit_project(at.ann, slug="desk", changes={"verdict_days": 90})
        Verdict.objects.filter(claim=claim).update(as_of=timezone.localdate())
        for aspect in ("attribution", "content"):
            Verdict.objects.filter(claim=claim, aspect=aspect).update(as_of=date(2026, 1, 1))
            assert expire() == 1
        assert sorted(claim.stale_marks.values_list("aspect", flat=True)) == ["attribution", "content"]

    def test_voiding_and_closing_clear_the_marks(self, at: Desk) -> None:
        claim = made.quoted(at, "fact")
        made.evidence(at, claim, aspect="attribution", quote="It was bound to happen")
        approve_verdict(at.dora, verdict_id=made.proposal(at, claim, "attribution", "accurate").pk)
        edit_project(at.ann, slug="desk", changes={"verdict_days": 90})
        Verdict.objects.filter(claim=claim).update(as_of=date(2026, 1, 1))
        assert expire() == 1 and fresh(claim).status == Status.RESEARCHING
        move_claim(at.dora, claim_id=claim.pk, to="close", reason="Not worth it.")
        assert claim.stale_marks.get().cleared_by_move == "close"
        move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="It is after all.")
        assert set(claim.checks.values_list("status", flat=True)) == {"researching"}


class TestQuotes:
    def test_only_from_a_snapshot_of_the_source_that_brought_something(self, at: Desk, web: Web) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = made.fact(at)
        good = made.evidence(at, claim, url=web.url("/report")).source
        bad = made.evidence(at, claim, url=web.url("/missing")).source
        work()
        about = {"aspect": "content", "stance": "supports", "tier": "primary", "quote": "1,240 cases"}
        for source, snapshot in ((bad, bad.snapshots.get()), (bad, good.snapshots.get())):
            named = {"source": str(source.pk), "snapshot": str(snapshot.pk)}
            told = Person(at.ben).api("POST", f"claims/{claim.pk}/evidence/", {**about, **named}, want=400)
            assert list(told["errors"]) == ["snapshot"]

    def test_a_quote_has_its_place_in_the_snapshot(self, at: Desk, web: Web, client: Any) -> None:
        web.pages["/report"] = page(BEFORE)
        claim = made.fact(at)
        made.evidence(at, claim, url=web.url("/report"))
        work()
        snapshot = Snapshot.objects.get()
        client.force_login(at.cleo, backend="django.contrib.auth.backends.ModelBackend")
        about = {"snapshot": str(snapshot.pk), "aspect": "content", "stance": "supports", "tier": "primary"}

        def add(want: int, **more: Any) -> Any:
            answer = client.post(f"/api/v1/claims/{claim.pk}/evidence/", {**about, **more}, "application/json")
            assert answer.status_code == want, answer.content
            return answer.json()

        found = add(201, quote="counted 1,240 cases")
        assert snapshot.text[found["quote_start"] : found["quote_end"]] == "counted 1,240 cases"
        assert found["source"]["url"] == web.url("/report")
        assert "quote" in add(400, quote="counted 1,241 cases")["errors"]
        assert "quote" in add(400, quote="counted", quote_start=0)["errors"]
        assert "quote" in add(400)["errors"]
