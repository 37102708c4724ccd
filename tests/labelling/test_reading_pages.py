"""The article to read, the list of articles and my queue, in a browser without scripts."""

import re

import pytest
from django.test import Client

from tests.factories.claims import FACT, OPINION, UNITS, Desk, desk, draft, fact, hand_in_all, label, opened, quoted
from tests.labelling.test_pages import data, main, room, text
from tests.personas import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return desk()


@pytest.fixture
def ben(at: Desk) -> Client:
    return Person(at.ben).browser


class TestReading:
    def test_settled_labels_statuses_and_filters_by_address(self, at: Desk) -> None:
        claims = opened(at)
        label(at, claims[0], ben="verifiable_fact", cleo="verifiable_fact")
        label(at, claims[3], ben="opinion", cleo="opinion")
        hand_in_all(at, claims[0], "ben", "cleo")
        Person(at.ann).browser.post(f"/articles/{claims[0].article_id}/close/")
        vic, path = Person(at.vic).browser, f"/articles/{claims[0].article_id}/"
        for query, found in {
            "": list(UNITS),
            "?status=agreed": [FACT],
            "?label=opinion": [OPINION],
            "?label=none&status=disputed": [UNITS[1], UNITS[2], UNITS[4]],
            "?status=agreed&label=opinion": [],
            "?status=nonsense&label=nonsense": list(UNITS),
        }.items():
            listed = main(text(vic, path + query)).split('<ol class="claims">')[1].split("</ol>")[0]
            assert [unit for unit in UNITS if f">{unit}</a>" in listed] == found, query

    def test_my_own_label_stands_beside_another_settled_one(self, at: Desk) -> None:
        claim, *_ = opened(at, FACT)
        label(at, claim, ben="opinion", cleo="verifiable_fact")
        hand_in_all(at, claim, "ben", "cleo")
        path = f"/articles/{claim.article_id}/"
        assert "you:" in text(Person(at.ben).browser, path) and "you:" not in text(Person(at.dora).browser, path)

    def test_a_viewer_of_an_open_article_sees_closed_claims_alone(self, at: Desk) -> None:
        first, *_ = opened(at)
        label(at, first, ben="verifiable_fact", cleo="verifiable_fact")
        page = main(text(Person(at.vic).browser, f"/articles/{first.article_id}/"))
        assert "Claims show here when labelling of them has closed." in page
        hand_in_all(at, first, "ben", "cleo")
        page = main(text(Person(at.vic).browser, f"/articles/{first.article_id}/"))
        assert page.count('<li id="claim-') == 1 and "status--agreed" in page

    def test_the_strip_says_where_the_claims_are_and_how_they_stand(self, at: Desk) -> None:
        claims = opened(at)
        label(at, claims[0], ben="verifiable_fact", cleo="verifiable_fact")
        Person(at.ann).browser.post(f"/articles/{claims[0].article_id}/close/")
        page = main(text(Person(at.vic).browser, f"/articles/{claims[0].article_id}/"))
        strip = page.split("strip--reading")[1].split("</section>")[0]
        assert '<title id="lying-title">' in strip and '<desc id="lying-desc">' in strip
        assert strip.count("<rect ") == strip.count('href="#claim-') == len(UNITS)
        length = claims[0].article.length
        assert f'<g class="verifiable_fact"><rect x="{100 * claims[0].start / length:.3f}%"' in strip
        words = [" ".join(tick.split()) for tick in re.findall(r"<b>(.*?)</a>", strip)]
        assert words[0].startswith('F</b><i class="status status--agreed"></i><span> agreed: <bdi>The bridge')
        assert words[1].startswith('–</b><i class="status status--disputed"></i><span> disputed: <bdi>')
        assert [
            href for href in re.findall(r'href="#(claim-\d+)" class="tick', strip) if f'id="{href}"' not in page
        ] == []

    def test_the_room_shows_closed_claims_beside_open_ones(self, at: Desk, ben: Client) -> None:
        first, *_ = opened(at)
        label(at, first, cleo="verifiable_fact", dora="verifiable_fact")
        hand_in_all(at, first, "cleo", "dora")
        page = text(ben, room(first))
        assert "Labelling of this claim has closed." in page and "0 of 4 labelled by you" in page
        assert [claim.get("closed", False) for claim in data(page)["claims"]] == [True, False, False, False, False]
        assert data(text(ben, f"/articles/{first.article_id}/"))["current"] == 1


class TestLists:
    def test_articles_by_status_and_order(self, at: Desk, ben: Client) -> None:
        draft(at, title="B draft", language="ar")
        fact(at)
        quoted(at)
        [claim] = opened(at, OPINION, title="A open")
        label(at, claim, ben="opinion")
        page = main(text(ben, "/projects/desk/articles/"))
        assert "1 of 1 labelled by you" in page and "العربية" in page
        only = main(text(ben, "/projects/desk/articles/?status=draft"))
        assert "B draft" in only and "A open" not in only
        up = main(text(ben, "/projects/desk/articles/?sort=title"))
        down = main(text(ben, "/projects/desk/articles/?sort=-title&status=nonsense"))
        assert up.index("A open") < up.index("B draft") and down.index("A open") > down.index("B draft")
        assert 'aria-sort="ascending"' in up and 'aria-sort="descending"' in down
        assert "Add an article" not in page and "Add an article" in text(
            Person(at.ann).browser, "/projects/desk/articles/"
        )

    def test_a_viewer_has_no_drafts_and_no_labels_in_the_list(self, at: Desk) -> None:
        draft(at, title="B draft")
        opened(at, title="A open")
        page = main(text(Person(at.vic).browser, "/projects/desk/articles/"))
        assert "A open" in page and "B draft" not in page and "labelled by you" not in page

    def test_empty_lists_say_what_will_be_here(self, at: Desk, ben: Client) -> None:
        assert "Add the first article" in text(Person(at.ann).browser, "/projects/desk/articles/")
        assert "will be listed here" in text(ben, "/projects/desk/articles/")
        assert "No article has this status." in text(ben, "/projects/desk/articles/?status=closed")

    def test_the_queue_leads_into_the_room_by_article(self, at: Desk, ben: Client) -> None:
        one, *_ = opened(at, FACT, title="One")
        two, *_ = opened(at, OPINION, title="Two")
        label(at, two, ben="opinion")
        page = main(text(ben, "/projects/desk/queue/"))
        assert page.index("One") < page.index("Two")
        assert f'href="/articles/{one.article_id}/?claim={one.pk}"' in page and "mark--opinion" in page
