"""A draft that nobody needs can go; an article that people worked on cannot."""

import pytest

from annotations.articles.models import Article, Original
from annotations.audit.models import Event
from annotations.claims.models import Claim
from tests.factories.claims import Desk, desk, draft, opened
from tests.personas import Person
from tests.verification.pages import main, post, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return desk()


def test_the_page_asks_by_the_name_and_the_text_can_come_again(at: Desk) -> None:
    article = draft(at)
    path = f"/articles/{article.pk}/discard/"
    assert path in read(at, f"/articles/{article.pk}/", "ann")
    asked = words(main(read(at, path, "ann")))
    assert "Discard “The bridge”?" in asked and "its 5 units" in asked
    for name in ("ben", "dora"):
        post(at, path, name, want=403)
    read(at, path, "vic", want=404)
    assert "The draft is discarded" in post(at, path, "ann")
    assert not Article.objects.exists() and not Claim.objects.exists() and not Original.objects.exists()
    event = Event.objects.get(verb="article.discarded")
    assert event.data == {"title": "The bridge", "sha256": article.sha256, "length": article.length, "units": 5}
    assert "discarded a draft The bridge" in words(main(read(at, "/projects/desk/log/", "ben")))
    assert "discarded a draft The bridge" not in words(main(read(at, "/projects/desk/log/", "vic")))
    post(at, path, "ann", want=404)
    Person(at.ann).api("POST", "projects/desk/articles/", {"text": article.text}, want=201)


def test_what_was_opened_stays(at: Desk) -> None:
    [claim, *_] = opened(at)
    path = f"articles/{claim.article_id}/"
    refused = Person(at.ann).api("DELETE", path, want=409)
    assert "only a draft can be discarded" in refused["detail"]
    assert "only a draft can be discarded" in read(at, f"/{path}discard/", "ann", want=409)
    assert f"/{path}discard/" not in read(at, f"/{path}", "ann")


def test_programs_discard_drafts_as_well(at: Desk) -> None:
    path = f"articles/{draft(at).pk}/"
    Person(at.dora).api("DELETE", path, want=403)
    Person(at.ann).api("DELETE", path, want=204)
    Person(at.ann).api("DELETE", path, want=404)
