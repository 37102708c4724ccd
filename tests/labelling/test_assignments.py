"""Where work is handed out: what one labels is what one holds, in the queue, the room, at hand-in and by the API."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.labelling.assigning import assign
from annotations.labelling.models import Assignment, Label
from annotations.projects.services import edit_project, remove_member
from tests.factories.claims import Desk, desk, fresh, hand_in_all, label, opened
from tests.personas import Person

pytestmark = pytest.mark.django_db
QUEUE, NEXT, ALL = "projects/desk/queue/", "projects/desk/queue/next/", "projects/desk/assignments/"
OPINION = {"label": "opinion"}


@pytest.fixture
def at() -> Desk:
    return desk(distribution="assigned")


def who(at: Desk, name: str) -> Person:
    return Person(at.people[name])


def queued(person: Person) -> list[str]:
    return [claim["id"] for claim in person.every(QUEUE)]


def ids(claims: list[Claim]) -> list[str]:
    return [str(claim.pk) for claim in claims]


def lapse() -> None:
    """Every lease is over."""
    Assignment.objects.filter(origin="taken").update(expires_at=timezone.now() - timedelta(minutes=1))


def holders(claim: Claim) -> set[str]:
    return set(Assignment.objects.filter(article=claim.article_id).values_list("reviewer__username", flat=True))


class TestOnlyWhatOneHolds:
    def test_a_label_without_an_assignment_is_refused_and_with_one_saved(self, at: Desk) -> None:
        first, second, *_ = claims = opened(at)
        ben = who(at, "ben")
        refused = ben.api("PUT", f"claims/{first.pk}/label/", OPINION, want=409)
        assert "not assigned to you" in refused["detail"]
        assert not Label.objects.exists()
        who(at, "ann").api("POST", ALL, {"claims": [str(first.pk)], "reviewers": ["ben"]}, want=201)
        ben.api("PUT", f"claims/{first.pk}/label/", OPINION)
        ben.api("PUT", f"claims/{second.pk}/label/", OPINION, want=409)
        assert queued(ben) == [str(first.pk)]
        who(at, "ann").api("POST", ALL, {"articles": [str(first.article_id)], "reviewers": ["ben"]}, want=201)
        ben.api("PUT", f"claims/{second.pk}/label/", OPINION)
        assert queued(ben) == ids(claims)
        assert Assignment.objects.count() == 1

    def test_on_the_page_the_refusal_stands_beside_what_was_typed(self, at: Desk) -> None:
        first, second, *_ = opened(at)
        assign(at.ann, slug="desk", claims=[first.pk], reviewers=["ben"])
        answer = who(at, "ben").browser.post(f"/claims/{second.pk}/label/", {**OPINION, "rationale": "Typed words"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "not assigned to you" in page and "Typed words</textarea>" in page

    def test_the_room_counts_and_asks_only_for_mine(self, at: Desk) -> None:
        claims = opened(at)
        assign(at.ann, slug="desk", claims=[claims[1].pk, claims[2].pk], reviewers=["ben"])
        ben = who(at, "ben")
        page = ben.browser.get(f"/articles/{claims[0].article_id}/").content.decode()
        assert "Claim 2 of 5" in page and "0 of 2 labelled by you" in page
        assert page.count('"closed": true') == 3
        label(at, claims[1], ben="opinion")
        refused = ben.api("POST", f"articles/{claims[0].article_id}/hand-in/", want=409)
        assert [one["id"] for one in refused["missing"]] == [str(claims[2].pk)]
        label(at, claims[2], ben="opinion")
        ben.api("POST", f"articles/{claims[0].article_id}/hand-in/")
        assert queued(ben) == []

    def test_who_holds_nothing_reads_the_article(self, at: Desk) -> None:
        claim, *_ = opened(at)
        page = who(at, "ben").browser.get(f"/articles/{claim.article_id}/").content.decode()
        assert "label-form" not in page and claim.exact in page

    def test_a_place_that_was_taken_back_ends_labelling_but_its_labels_count(self, at: Desk) -> None:
        first, second, *_ = opened(at)
        [row] = assign(at.ann, slug="desk", articles=[first.article_id], reviewers=["ben"])
        label(at, first, ben="opinion")
        who(at, "ann").api("DELETE", f"assignments/{row.pk}/", want=204)
        for claim in (first, second):
            who(at, "ben").api("PUT", f"claims/{claim.pk}/label/", {"label": "verifiable_fact"}, want=409)
        who(at, "ann").api("POST", f"articles/{first.article_id}/close/")
        assert Label.objects.get(claim=first).counted is not None

    def test_a_claim_added_later_belongs_to_who_holds_the_article(self, at: Desk) -> None:
        claim, *_ = opened(at)
        assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["ben"])
        added = who(at, "ann").api("POST", f"articles/{claim.article_id}/claims/", {"exact": "Report"}, want=201)
        assert added["id"] in queued(who(at, "ben"))

    def test_open_distribution_asks_for_no_assignment(self, at: Desk) -> None:
        claims = opened(at)
        ann = who(at, "ann")
        assert ann.api("PATCH", "projects/desk/", {"distribution": "open"})["distribution"] == "open"
        assert queued(who(at, "ben")) == ids(claims)
        who(at, "ben").api("PUT", f"claims/{claims[0].pk}/label/", OPINION)
        assert "every open claim" in who(at, "ben").api("POST", NEXT, want=409)["detail"]


class TestQueue:
    def test_articles_come_in_an_order_of_ones_own_and_claims_as_in_the_text(self, at: Desk) -> None:
        articles = [opened(at) for _ in range(8)]
        ids_of = {str(claims[0].article_id): ids(claims) for claims in articles}
        assign(at.ann, slug="desk", articles=[claims[0].article_id for claims in articles], reviewers=["ben", "cleo"])
        orders = {}
        for name in ("ben", "cleo"):
            queue = who(at, name).every(QUEUE)
            pages = [claim["id"] for claim in self.page_by_page(who(at, name))]
            assert pages == [claim["id"] for claim in queue]
            order = list(dict.fromkeys(str(Claim.objects.get(pk=one).article_id) for one in pages))
            assert pages == [claim for article in order for claim in ids_of[article]]
            orders[name] = order
        assert sorted(orders["ben"]) == sorted(orders["cleo"]) == sorted(ids_of)
        assert orders["ben"] != orders["cleo"]

    @staticmethod
    def page_by_page(person: Person) -> list[Any]:
        found, path = [], f"{QUEUE}?limit=3"
        while path:
            page = person.api("GET", path)
            found += page["results"]
            path = (page["next"] or "").partition("/api/v1/")[2]
        return found

    def test_the_page_numbers_claims_as_the_room_does(self, at: Desk) -> None:
        claims = opened(at)
        assign(at.ann, slug="desk", claims=[claims[2].pk, claims[4].pk], reviewers=["ben"])
        page = who(at, "ben").browser.get("/projects/desk/queue/").content.decode()
        assert re.findall(r"Claim \d of \d", page) == ["Claim 3 of 5", "Claim 5 of 5"]
        assert "0 of 2 labelled by you" in page

    def test_an_empty_queue_offers_the_next_article(self, at: Desk) -> None:
        claim, *_ = opened(at)
        ben = who(at, "ben").browser
        assert "Take the next article" in ben.get("/projects/desk/queue/").content.decode()
        answer = ben.post("/projects/desk/queue/next/")
        assert answer["Location"] == f"/articles/{claim.article_id}/"
        assert "Take the next article" not in ben.get("/projects/desk/queue/").content.decode()
        for name in ("cleo", "dora"):
            Person(at.people[name]).browser.post("/projects/desk/queue/next/")
        answer = Person(at.dora).browser.post("/projects/desk/queue/next/", follow=True)
        assert "No article is free at the moment." in answer.content.decode()


class TestNext:
    def test_a_lapsed_lease_is_given_to_the_next_and_its_holder_may_not_go_on(self, at: Desk) -> None:
        claim, *_ = opened(at)
        for name in ("ben", "cleo"):
            who(at, name).api("POST", NEXT)
        who(at, "dora").api("POST", NEXT, want=204)
        lapse()
        label(at, claim, cleo="opinion")  # nobody has asked for the place: who comes late loses nothing
        who(at, "dora").api("POST", NEXT)
        assert holders(claim) == {"cleo", "dora"}
        who(at, "ben").api("PUT", f"claims/{claim.pk}/label/", OPINION, want=409)
        assert Event.objects.filter(verb="assignment.lapsed", data__username="ben").count() == 1

    def test_saving_never_renews_a_lease_and_opening_the_article_does(self, at: Desk) -> None:
        claim, *_ = opened(at)
        ben = who(at, "ben")
        ben.api("POST", NEXT)
        lapse()
        before = Assignment.objects.get().expires_at
        ben.api("PUT", f"claims/{claim.pk}/label/", OPINION)
        assert Assignment.objects.get().expires_at == before
        ben.browser.get(f"/articles/{claim.article_id}/")
        renewed = Assignment.objects.get().expires_at
        assert renewed and renewed > timezone.now() + timedelta(hours=23)

    def test_what_is_handed_in_lapses_like_the_rest_and_its_labels_count(self, at: Desk) -> None:
        claims = opened(at)
        who(at, "ben").api("POST", NEXT)
        for claim in claims:
            label(at, claim, ben="opinion")
        hand_in_all(at, claims[0], "ben")
        lapse()
        for name in ("cleo", "dora"):
            who(at, name).send("POST", NEXT)
        assert holders(claims[0]) == {"cleo", "dora"}
        label(at, claims[0], cleo="opinion")
        assert hand_in_all(at, claims[0], "cleo").label == "opinion"

    def test_of_an_article_some_of_whose_claims_are_taken_the_rest_is_given(self, at: Desk) -> None:
        claims = opened(at)
        assign(at.ann, slug="desk", claims=[claims[0].pk, claims[1].pk], reviewers=["ben", "cleo"])
        assert who(at, "dora").api("POST", NEXT)["claims"] == ids(claims[2:])
        assert who(at, "eve").api("POST", NEXT)["claims"] == ids(claims[2:])
        who(at, "ann").api("POST", NEXT, want=204)

    def test_what_somebody_assigned_comes_first(self, at: Desk) -> None:
        articles = [opened(at)[0] for _ in range(4)]
        last = articles[-1]
        assign(at.ann, slug="desk", articles=[last.article_id], reviewers=["ben"])
        answer = who(at, "ben").api("POST", NEXT)
        assert (answer["article"], answer["until"]) == (str(last.article_id), None)

    def test_the_place_of_somebody_who_left_is_free(self, at: Desk) -> None:
        claim, *_ = opened(at)
        assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["ben", "cleo"])
        who(at, "dora").api("POST", NEXT, want=204)
        remove_member(at.ann, slug="desk", username="ben")
        who(at, "dora").api("POST", NEXT)
        assert holders(claim) == {"cleo", "dora"}

    def test_one_may_give_back_until_all_is_handed_in(self, at: Desk) -> None:
        claims = opened(at)
        ben = who(at, "ben")
        ben.api("POST", NEXT)
        ben.api("DELETE", f"assignments/{Assignment.objects.get().pk}/", want=204)
        assert queued(ben) == []
        ben.api("POST", NEXT)
        for claim in claims:
            label(at, claim, ben="opinion")
        hand_in_all(at, claims[0], "ben")
        ben.api("DELETE", f"assignments/{Assignment.objects.get().pk}/", want=409)


class TestManaging:
    def test_who_may_not_label_and_what_is_not_here_is_named(self, at: Desk) -> None:
        claim, *_ = opened(at)
        ann = who(at, "ann")
        article = {"articles": [str(claim.article_id)]}
        for names in (["vic"], ["nobody"], []):
            assert "reviewers" in ann.api("POST", ALL, {**article, "reviewers": names}, want=400)["errors"]
        wrong = {"articles": [str(claim.pk)], "reviewers": ["ben"]}
        assert str(claim.pk) in ann.api("POST", ALL, wrong, want=400)["detail"]
        assert "articles" in ann.api("POST", ALL, {"reviewers": ["ben"]}, want=400)["errors"]
        ann.api("POST", f"articles/{claim.article_id}/close/")
        ann.api("POST", ALL, {**article, "reviewers": ["ben"]}, want=409)
        ann.api("POST", ALL, {"claims": [str(claim.pk)], "reviewers": ["ben"]}, want=409)
        assert not Assignment.objects.exists()

    def test_assigning_twice_makes_one_and_a_lease_becomes_a_place(self, at: Desk) -> None:
        claim, *_ = opened(at)
        who(at, "ben").api("POST", NEXT)
        wanted = {"articles": [str(claim.article_id)], "reviewers": ["ben"]}
        assert len(who(at, "ann").api("POST", ALL, wanted, want=201)) == 1
        assert who(at, "ann").api("POST", ALL, wanted, want=201) == []
        row = Assignment.objects.get()
        assert (row.origin, row.expires_at) == ("by_hand", None)

    def test_moving_gives_the_place_to_somebody_else(self, at: Desk) -> None:
        claim, *_ = opened(at)
        ben, _ = assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["ben", "cleo"])
        ann = who(at, "ann")
        ann.api("PATCH", f"assignments/{ben.pk}/", {"reviewer": "cleo"}, want=409)
        assert ann.api("PATCH", f"assignments/{ben.pk}/", {"reviewer": "dora"})["reviewer"] == "dora"
        assert holders(claim) == {"cleo", "dora"}
        who(at, "dora").api("PATCH", f"assignments/{Assignment.objects.last().pk}/", {"reviewer": "eve"}, want=403)

    @pytest.mark.parametrize("unit", ["articles", "claims"])
    def test_a_plan_is_looked_at_then_made(self, at: Desk, unit: str) -> None:
        claims = [claim for _ in range(4) for claim in opened(at)]
        wanted = {"unit": unit, "reviewers": ["ben", "cleo", "dora"]}
        ann, path = who(at, "ann"), f"{ALL}balance/"
        shown = ann.api("POST", path, {**wanted, "preview": True})
        assert not Assignment.objects.exists()
        made = ann.api("POST", path, {**wanted, "seed": shown["seed"], "plan": shown["plan"]}, want=201)
        assert made == shown
        assert {row.seed for row in Assignment.objects.all()} == {shown["seed"]}
        for claim in claims:
            held = Assignment.objects.filter(article=claim.article_id, claim=claim if unit == "claims" else None)
            assert held.count() == 2
        counts = [len(queued(who(at, name))) for name in ("ben", "cleo", "dora")]
        assert counts == [share["new_claims"] for share in made["shares"]]
        assert max(counts) - min(counts) <= (5 if unit == "articles" else 1)
        told = Event.objects.get(verb="assignments.balanced").data
        assert (told["seed"], told["unit"], told["overlap"]) == (shown["seed"], unit, 2)
        again = ann.api("POST", path, {**wanted, "seed": shown["seed"]}, want=201)
        assert all(share["new"] == 0 for share in again["shares"])

    def test_a_plan_that_no_longer_fits_is_shown_anew(self, at: Desk) -> None:
        claim, *_ = opened(at)
        form = {"unit": "articles", "reviewers": ["ben", "cleo"], "seed": 5}
        ann = who(at, "ann").browser
        page = ann.post("/projects/desk/assignments/balance/", form).content.decode()
        found = re.search(r'name="plan" value="([0-9a-f]+)"', page)
        assert found and "Made with seed 5" in page
        assert 'href="/projects/desk/assignments/?reviewer=ben"' in page
        assert '<form method="post" action="/projects/desk/assignments/">' in page
        assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["ben"])
        answer = ann.post("/projects/desk/assignments/balance/", {**form, "plan": found[1]})
        assert answer.status_code == 412
        again = re.search(r'name="plan" value="([0-9a-f]+)"', answer.content.decode())
        assert again
        assert ann.post("/projects/desk/assignments/balance/", {**form, "plan": again[1]}).status_code == 302
        assert holders(claim) == {"ben", "cleo"}

    def test_the_page_shows_who_holds_what_and_assigns_what_is_ticked(self, at: Desk) -> None:
        claims = opened(at)
        ann = who(at, "ann").browser
        page = ann.get("/projects/desk/assignments/").content.decode()
        assert "nobody yet" in page and "0 of 2" in page
        form = {"articles": [str(claims[0].article_id)], "reviewers": ["ben"]}
        assert ann.post("/projects/desk/assignments/", form).status_code == 302
        path = f"/projects/desk/assignments/?article={claims[0].article_id}"
        assert ann.post(path, {"claims": [str(claims[1].pk)], "reviewers": ["cleo"]})["Location"] == path
        page = ann.get(path).content.decode()
        assert page.count(">ben</bdi></a>") == 6 and page.count(">cleo</bdi></a>") == 2
        answer = ann.post("/projects/desk/assignments/", {"articles": ["x"], "reviewers": ["ben"]})
        assert (answer.status_code, "Tick rows" in answer.content.decode()) == (400, True)
        row = Assignment.objects.get(claim=None)
        assert "Take it back from ben" in ann.get(f"/assignments/{row.pk}/").content.decode()
        assert ann.post(f"/assignments/{row.pk}/move/", {"reviewer": "dora"}).status_code == 302
        assert ann.post(f"/assignments/{Assignment.objects.get(claim=None).pk}/give-back/").status_code == 302
        assert holders(claims[0]) == {"cleo"}

    def test_progress_is_not_for_a_manager_who_is_assigned(self, at: Desk) -> None:
        claim, *_ = opened(at)
        path = f"/articles/{claim.article_id}/"
        assert "labels handed in" in who(at, "ann").browser.get(path).content.decode()
        assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["ann"])
        assert "labels handed in" not in who(at, "ann").browser.get(path).content.decode()

    def test_assigning_is_told_to_managers_alone(self, at: Desk) -> None:
        claim, *_ = opened(at)
        who(at, "ben").api("POST", NEXT)
        assign(at.ann, slug="desk", articles=[claim.article_id], reviewers=["cleo"])
        told = {}
        for name in ("ann", "ben"):
            told[name] = {event["verb"] for event in who(at, name).every("projects/desk/events/")}
        assert {"assignment.made", "assignment.taken"} <= told["ann"]
        assert not {kind for kind in told["ben"] if kind.startswith("assignment")}

    def test_distribution_can_change_when_the_rules_cannot(self, at: Desk) -> None:
        claim = opened(at)[0]
        form = {"name": "The desk", "distribution": "open"}
        assert who(at, "ann").browser.post("/projects/desk/settings/", form).status_code == 302
        assert fresh(claim).project.distribution == "open"
        edit_project(at.ann, slug="desk", changes={"distribution": "assigned"})
        assert fresh(claim).project.distribution == "assigned"


def given_again(at: Desk, *, hand_in: bool, late: bool) -> list[Any]:
    """What a manager with a place of her own is told when she gives ben, who took an article, that article again."""
    claims = opened(at)
    ann, ben = who(at, "ann"), who(at, "ben")
    assign(at.ann, slug="desk", articles=[claims[0].article_id], reviewers=["ann"])
    assert ben.api("POST", NEXT, {})["article"] == str(claims[0].article_id)
    if hand_in:
        for claim in claims:
            ben.api("PUT", f"claims/{claim.pk}/label/", OPINION)
        ben.api("POST", f"articles/{claims[0].article_id}/hand-in/", {})
    if late:
        lapse()
    wanted = {"articles": [str(claims[0].article_id)], "reviewers": ["ben"]}
    plan = ann.api("POST", f"{ALL}balance/", {**wanted, "unit": "articles", "preview": True, "seed": 7})
    made = ann.api("POST", ALL, wanted, want=201)
    return [plan, [(one["reviewer"], one["origin"]) for one in made], holders(claims[0])]


@pytest.mark.parametrize("late", [False, True])
def test_giving_tells_nothing_of_hand_ins(db: None, late: bool) -> None:
    told = []
    for hand_in in (False, True):
        with transaction.atomic():
            told.append(given_again(desk(distribution="assigned"), hand_in=hand_in, late=late))
            transaction.set_rollback(True)
    for plan, *_ in told:
        plan.pop("plan")  # the digest, which has the ids
    assert told[0] == told[1]
