"""Claims come along to a newer text by an exact match alone; the rest is put before a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.models import Article
from annotations.claims.carrying import Quote, carried
from tests.factories.web import Web, page
from tests.personas import team
from tests.snapshots.conftest import web, work

__all__ = ["web"]
BEFORE = "The bridge fell on Tuesday.\nNobody was hurt.\nIt will be rebuilt."
AFTER = "The bridge fell on Tuesday.\nTwo people were hurt.\nIt will be rebuilt.\nNobody was told."


def quote(exact: str, prefix: str = "", suffix: str = "") -> Quote:
    return Quote(exact, prefix, suffix)


def test_once_is_a_match_twice_is_none_unless_its_surroundings_say_which() -> None:
    text = "It rained. The river rose. It rained."
    assert carried(text, text, [quote("The river rose.")])[0] is not None
    assert carried(text, text, [quote("It rained.")]) == [None]
    [last] = carried(text, text, [quote("It rained.", prefix="rose. ")])
    assert last and (last.start, last.end) == (27, 37)
    assert carried(text, text, [quote("The river fell.")]) == [None]


def test_what_stood_twice_before_is_nobodys_when_it_stands_once() -> None:
    before = "It rained. The river rose. It rained."
    after = "The river rose. It rained."
    guessed, told = carried(before, after, [quote("It rained."), quote("It rained.", prefix="rose. ")])
    assert guessed is None and told and (told.start, told.end) == (16, 26)


def test_two_never_come_to_stand_in_one_place() -> None:
    assert carried("It rained.", "It rained.", [quote("It rained."), quote("It rained.", suffix=" Then")]) == [
        None,
        None,
    ]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_what_is_carried_is_the_quote(text: str, quotes: list[str]) -> None:
    for words, span in zip(quotes, carried(text, text, [quote(words) for words in quotes]), strict=True):
        if span:
            assert text[span.start : span.end] == words and text.count(words) == 1


@pytest.mark.django_db
def test_a_page_that_changed_becomes_a_newer_article(web: Web) -> None:
    at = team(ben="reviewer")
    web.pages["/news"] = page(BEFORE)
    at.ann.api("POST", "projects/desk/imports/", {"url": web.url("/news")}, want=202)
    work()
    first = Article.objects.get()
    assert first.claims.count() == 3
    web.pages["/news"] = page(AFTER)
    assert at.ben.browser.post(f"/articles/{first.pk}/fetch/").status_code == 403
    begun = at.ann.browser.post(f"/articles/{first.pk}/fetch/")
    work()
    shown = at.ann.browser.get(begun.url).content.decode()
    assert '<ins class="came">' in shown and "Two people were hurt." in shown
    stored = at.ann.browser.post(begun.url, {"text": AFTER, "language": "en", "url": web.url("/news")}, follow=True)
    told = stored.content.decode()
    second = Article.objects.get(previous=first)
    exacts = list(second.claims.order_by("start").values_list("exact", flat=True))
    assert exacts == ["The bridge fell on Tuesday.", "It will be rebuilt."]
    assert "Nobody was hurt." in told and "Claims to place" in told
    assert first.claims.count() == 3 and Article.objects.get(pk=first.pk).text == first.text


@pytest.mark.django_db
def test_nothing_new_is_told_and_refused(web: Web) -> None:
    at = team()
    web.pages["/news"] = page(BEFORE)
    at.ann.api("POST", "projects/desk/imports/", {"url": web.url("/news")}, want=202)
    work()
    begun = at.ann.browser.post(f"/articles/{Article.objects.get().pk}/fetch/")
    work()
    assert "the text is as it was" in at.ann.browser.get(begun.url).content.decode()
    same = {"text": Article.objects.get().text, "language": "en"}
    assert at.ann.browser.post(begun.url, same).status_code == 409
