"""What is said of an article: days that have not come are refused, and a text without a title is named by a line."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.claims import Desk, desk, verified
from tests.personas import Person
from tests.verification.pages import main, post, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return desk()


def day(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def test_a_day_of_publication_has_come(at: Desk) -> None:
    ann = Person(at.ann)
    new = {"text": "It fell.", "published_on": day(2)}
    assert "published_on" in ann.api("POST", "projects/desk/articles/", new, want=400)["errors"]
    made = ann.api("POST", "projects/desk/articles/", {**new, "published_on": day(1)}, want=201)
    assert "published_on" in ann.api("PATCH", f"articles/{made['id']}/", {"published_on": day(3)}, want=400)["errors"]
    form = {"title": "x", "language": "en", "version": "1", "published_on": day(2)}
    page = post(at, f"/articles/{made['id']}/provenance/", "ann", want=400, **form)
    assert "This day has not come yet." in page and 'id="id_published_on_error"' in page


def test_a_source_was_not_published_in_time_to_come_either(at: Desk) -> None:
    source = {"url": "https://records.example/1", "published_on": day(2)}
    assert "published_on" in Person(at.ben).api("POST", "projects/desk/sources/", source, want=400)["errors"]
    assert "This day has not come yet." in post(at, "/projects/desk/sources/", want=400, **source)
    Person(at.ben).api("POST", "projects/desk/sources/", {**source, "published_on": day(1)}, want=201)


def test_a_text_without_a_title_goes_by_its_first_line(at: Desk) -> None:
    text = "\n  Strikes in the west\nThe army said on Tuesday that it fell. Nobody was hurt.\n" + "x" * 90
    made = Person(at.ann).api("POST", "projects/desk/articles/", {"text": text, "language": "en"}, want=201)
    Person(at.ann).api("POST", f"articles/{made['id']}/open/")
    verified(at)
    for path in ("", "articles/", "releases/new/"):
        told = words(main(read(at, f"/projects/desk/{path}", "ann")))
        assert "Strikes in the west" in told and "in the west The army" not in told, path
    assert "Strikes in the west…" in words(main(read(at, f"/articles/{made['id']}/", "ann")))


def test_claims_of_an_article_are_listed_by_status_and_label(at: Desk) -> None:
    claim, ben = verified(at), Person(at.ben)
    path = f"articles/{claim.article_id}/claims/"
    assert len(ben.every(path)) == len(ben.api("GET", f"{path}?status=verified&label=verifiable_fact")["results"]) == 1
    assert ben.api("GET", f"{path}?status=agreed")["results"] == []
    for name in ("status", "label"):
        refused = ben.api("GET", f"{path}?{name}=bogus", want=400)
        assert "verif" in refused["errors"][name][0]
    ben.api("GET", f"{path}?colour=bogus")
