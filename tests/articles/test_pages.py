"""The page of an article's provenance, in a browser without scripts."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.audit.models import Event
from tests.factories.claims import desk, draft
from tests.personas import Person

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    return Person(user).browser


def typed(article: Article, **changes: Any) -> dict[str, Any]:
    names = ("title", "url", "publisher", "author", "language", "version")
    kept = {name: getattr(article, name) for name in names}
    return {**kept, "published_on": article.published_on or "", **changes}


def test_a_manager_completes_provenance_and_the_text_stays() -> None:
    at = desk()
    article = draft(at)
    path = f"/articles/{article.pk}/provenance/"
    page = browser(at.ann).get(path).content.decode()
    assert "Without a date" in page and "Without an address" in page
    changes = {"url": "https://news.example/1", "published_on": "2026-11-03", "publisher": "Réna’s"}
    answer = browser(at.ann).post(path, typed(article, **changes))
    assert (answer.status_code, answer["Location"]) == (302, f"/articles/{article.pk}/")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.url, str(stored.published_on), stored.publisher) == tuple(changes.values())
    assert stored.sha256 == article.sha256
    assert Event.objects.filter(verb="article.provenance_changed").count() == 1
    page = browser(at.ann).get(f"/articles/{article.pk}/").content.decode()
    assert "Without a date" not in page and "Without an author" in page
    assert article.sha256 in page


def test_bad_fields_are_told_and_what_was_typed_stays() -> None:
    at = desk()
    article = draft(at)
    answer = browser(at.ann).post(
        f"/articles/{article.pk}/provenance/", typed(article, url="not an address", title="Typed title")
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Enter a valid URL" in page and 'value="Typed title"' in page and 'value="not an address"' in page


def test_a_stale_form_shows_both_and_saves_on_the_second_try() -> None:
    at = desk()
    article = draft(at)
    path, mine = f"/articles/{article.pk}/provenance/", browser(at.ann)
    mine.post(path, typed(article, title="Theirs"))
    answer = mine.post(path, typed(article, title="Mine"))
    page = answer.content.decode()
    assert answer.status_code == 412
    assert '<td dir="auto">Theirs</td>' in page and '<td dir="auto">Mine</td>' in page
    assert Article.objects.get(pk=article.pk).title == "Theirs"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    again = mine.post(path, typed(article, title="Mine", version=version[1]))
    assert again.status_code == 302
    assert Article.objects.get(pk=article.pk).title == "Mine"


def test_only_managers_edit_and_a_language_outside_the_list_is_kept() -> None:
    at = desk()
    article = draft(at, language="ht")
    path = f"/articles/{article.pk}/provenance/"
    assert browser(at.ben).get(path).status_code == 403
    assert browser(at.vic).get(path).status_code == 404
    assert '<option value="ht" selected>' in browser(at.ann).get(path).content.decode()
