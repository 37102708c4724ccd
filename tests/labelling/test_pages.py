"""The list of articles, the room, the article to read, and my queue, in a browser without scripts."""

import re
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.claims.models import Claim
from annotations.labelling.flags import FLAGS
from annotations.labelling.models import Label
from annotations.labelling.room import following, seats
from annotations.labelling.wording import FLAG_WORDS
from tests.factories.claims import (
    Desk,
    desk,
    hand_in_all,
    label,
    opened,
    said,
)
from tests.personas import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return desk()


@pytest.fixture
def ben(at: Desk) -> Client:
    return Person(at.ben).browser


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def main(page: str) -> str:
    return page.split("<main")[1].split("</main", maxsplit=1)[0]


def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="room-data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return dict(orjson.loads(found[1]))


def room(claim: Claim) -> str:
    return f"/articles/{claim.article_id}/?claim={claim.pk}"


def save(client: Client, claim: Claim, **fields: Any) -> Any:
    return client.post(f"/claims/{claim.pk}/label/", fields)


def mine(at: Desk, claim: Claim, name: str = "ben") -> Any:
    found = Label.objects.get(claim=claim, reviewer=at.people[name]).current
    assert found is not None
    return found


class TestCard:
    def test_a_label_is_saved_and_leads_to_the_next_claim_without_one(self, at: Desk, ben: Client) -> None:
        first, second, third, *_ = opened(at)
        label(at, second, ben="opinion")
        answer = save(ben, first, label="verifiable_fact", version=0)
        assert (answer.status_code, answer["Location"]) == (302, f"/articles/{first.article_id}/?claim={third.pk}#card")
        assert mine(at, first).label == "verifiable_fact"
        page = text(ben, answer["Location"])
        assert "Claim 3 of 5" in page and "2 of 5 labelled by you" in page

    def test_everything_that_belongs_to_a_label(self, at: Desk, ben: Client) -> None:
        _, claim, *_ = opened(at)
        fields = {
            "label": "attributed_statement",
            "content_kind": "evaluation",
            "source_name": "Réna Orlu",
            "source_kind": "named_person",
            "source_role": "mayor",
            "cue": "said",
            "mode": "direct",
            "flags": ["loaded_language", "compound"],
            "confidence": "4",
            "rationale": "A quote.",
            "rule": "A1",
            "reason": "left over",
        }
        assert save(ben, claim, **fields).status_code == 302
        stored = mine(at, claim)
        assert stored.attribution == {name: fields[name] for name in list(fields)[2:7]}
        assert (stored.content_kind, stored.confidence, stored.rule, stored.reason) == ("evaluation", 4, "A1", "")
        assert stored.flags == ["loaded_language", "compound"]
        page = text(ben, room(claim))
        for piece in ('value="Réna Orlu"', "A quote.</textarea>", '<option value="A1" selected>', 'value="mayor"'):
            assert piece in page
        assert 'value="attributed_statement" checked' in page and 'value="evaluation" checked' in page

    def test_a_flag_keeps_its_words_when_the_form_is_sent_again(self, at: Desk, ben: Client) -> None:
        claim, *_ = opened(at)
        placed = {"flag": "loaded_language", "start": claim.start, "end": claim.start + 3}
        label(at, claim, ben=said("verifiable_fact", flags=[placed, "compound"]))
        save(ben, claim, label="verifiable_fact", flags=["loaded_language"])
        assert mine(at, claim).flags == [placed]

    @pytest.mark.parametrize(
        ("fields", "status", "told"),
        [
            ({"rationale": "Typed first"}, 400, "Choose a label first."),
            ({"label": "unsure", "rationale": "Typed first"}, 400, "Say in a few words why this is unsure."),
            ({"label": "opinion", "rationale": "Typed first", "version": 7}, 412, "You changed this label elsewhere"),
        ],
    )
    def test_a_refusal_is_told_with_everything_typed(
        self, at: Desk, ben: Client, fields: dict[str, Any], status: int, told: str
    ) -> None:
        claim, *_ = opened(at)
        answer = save(ben, claim, **fields)
        page = answer.content.decode()
        assert answer.status_code == status
        assert told in page and "Typed first</textarea>" in page
        assert not Label.objects.exists()

    def test_typed_words_survive_a_close_meanwhile(self, at: Desk, ben: Client) -> None:
        claim, *_ = opened(at)
        Person(at.ann).browser.post(f"/articles/{claim.article_id}/close/")
        answer = save(ben, claim, label="opinion", rationale="Typed too late")
        assert answer.status_code == 409
        assert "Labelling of this claim has closed." in answer.content.decode()
        assert "Typed too late</textarea>" in answer.content.decode()

    def test_the_first_claim_without_a_label_is_shown_and_nonsense_is_ignored(self, at: Desk, ben: Client) -> None:
        first, second, *_ = opened(at)
        label(at, first, ben="opinion")
        for query in ("", "?claim=nonsense", f"?claim={first.article_id}"):
            assert "Claim 2 of 5" in text(ben, f"/articles/{first.article_id}/{query}")
        assert f'action="/claims/{second.pk}/label/"' in text(ben, f"/articles/{first.article_id}/")

    def test_an_adjudicator_is_told_what_labelling_costs(self, at: Desk, ben: Client) -> None:
        claim, *_ = opened(at)
        assert "cannot decide it later" in text(Person(at.dora).browser, room(claim))
        assert "cannot decide it later" not in text(ben, room(claim))

    def test_names_from_the_article_and_from_earlier_labels_are_offered(self, at: Desk, ben: Client) -> None:
        claim, other, *_ = opened(at)
        label(at, other, ben=said("attributed_statement", attribution={"source_name": "a passer-by"}))
        page = text(ben, room(claim))
        offered = re.findall(
            r'<option value="([^"]+)">', page.split('<datalist id="names">')[1].split("</datalist>")[0]
        )
        assert offered[0] == "a passer-by" and "Réna Orlu" in offered[1:]

    def test_words_of_the_card_are_the_ones_the_api_takes(self) -> None:
        assert tuple(FLAG_WORDS) == FLAGS


class TestBlindness:
    def test_the_room_is_the_same_whatever_others_said(self, at: Desk, ben: Client) -> None:
        claims = opened(at)
        before = self.masked(text(ben, room(claims[0])))
        label(at, claims[0], cleo="opinion", dora="unsure")
        label(at, claims[1], cleo=said("attributed_statement", attribution={"source_name": "Somebody Else"}))
        hand_in_all(at, claims[0], "cleo")
        assert self.masked(text(ben, room(claims[0]))) == before
        assert [claim.get("mine") for claim in data(before)["claims"]] == [None] * 5

    def test_neither_list_nor_queue_tells_of_others(self, at: Desk, ben: Client) -> None:
        claims = opened(at)
        paths = ["/projects/desk/articles/", "/projects/desk/queue/"]
        before = [self.masked(text(ben, path)) for path in paths]
        label(at, claims[0], cleo="opinion")
        hand_in_all(at, claims[0], "cleo")
        assert [self.masked(text(ben, path)) for path in paths] == before

    def test_progress_is_for_managers_without_a_label_of_their_own(self, at: Desk) -> None:
        claim, *_ = opened(at)
        label(at, claim, cleo="opinion")
        hand_in_all(at, claim, "cleo")
        ann = Person(at.ann).browser
        assert "1 of 10 labels handed in." in text(ann, room(claim))
        assert "labels handed in." not in text(Person(at.dora).browser, room(claim))
        label(at, claim, ann="opinion")
        page = text(ann, room(claim))
        assert "labels handed in." not in page and "Close labelling of “The bridge”" in page

    @staticmethod
    def masked(page: str) -> str:
        return re.sub(r'(csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page)


class TestHandIn:
    def test_what_is_missing_is_named_with_links_and_a_part_may_go(self, at: Desk, ben: Client) -> None:
        first, second, *rest = opened(at)
        label(at, first, ben="opinion")
        path = f"/articles/{first.article_id}/hand-in/"
        answer = ben.post(path, {"claim": second.pk})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "4 of the article" in page and "Claim 2 of 5" in page
        missing = page.split('id="missing"')[1].split("</ul>")[0]
        assert re.findall(r"claim=([0-9a-f-]+)", missing) == [str(claim.pk) for claim in (second, *rest)]
        assert ben.post(path, {"partial": "1"}).status_code == 302
        page = text(ben, room(first))
        assert "1 label handed in." in page and '<fieldset class="fields" id="fields" disabled>' in page
        assert "You handed this in on" in page
        assert '<fieldset class="fields" id="fields">' in text(ben, room(second))

    def test_everything_handed_in_leaves_nothing_in_the_queue(self, at: Desk, ben: Client) -> None:
        for claim in opened(at):
            label(at, claim, ben="opinion")
        page = text(ben, "/projects/desk/queue/")
        assert "5 of 5 labelled by you" in page
        ben.post(f"/articles/{claim.article_id}/hand-in/")
        assert "nothing for you to do now" in text(ben, "/projects/desk/queue/")

    def test_closing_ends_labelling_with_what_is_saved(self, at: Desk) -> None:
        claim, other, *_ = opened(at)
        label(at, claim, ben="opinion", cleo="opinion")
        label(at, other, ben="opinion", cleo="verifiable_fact")
        assert Person(at.ann).browser.post(f"/articles/{claim.article_id}/close/").status_code == 302
        page = main(text(Person(at.ben).browser, f"/articles/{claim.article_id}/"))
        assert page.count(">disputed<") == 4 and page.count(">closed<") == 1
        assert "label-form" not in page


def test_the_room_asks_the_database_as_little_for_many_claims_as_for_few(at: Desk, ben: Client) -> None:
    few, *_ = opened(at)
    many, *_ = opened(at, *[f"House {n} burned." for n in range(60)])
    counts = []
    for claim in (few, many):
        with CaptureQueriesContext(connection) as asked:
            text(ben, room(claim))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_next_claim_is_ahead_then_from_the_top(at: Desk) -> None:
    claims = opened(at)
    for claim in claims[2:]:
        label(at, claim, ben="opinion")
    rows = seats(at.ben, claims[0].article)
    assert [following(rows, place).number for place in (0, 1, 3)] == [2, 1, 1]
