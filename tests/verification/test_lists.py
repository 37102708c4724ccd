"""The list of claims to check and the list of sources, without a script."""

import re
from datetime import date

import pytest
from django.utils import translation

from annotations.verification.moves import move_claim
from annotations.verification.source_models import Source
from annotations.verification.sourcing import add_source
from tests.factories.claims import (
    Desk,
    closed,
    decided,
    disputed,
    evidence,
    fact,
    opened,
    proposal,
    quoted,
    unsettled,
    verified,
)
from tests.personas import Person
from tests.verification.pages import main, post, read, words


def listed(at: Desk, query: str = "", name: str = "vic") -> list[str]:
    page = main(read(at, f"/projects/desk/checking/{query}", name))
    return re.findall(r'<th scope="row"><a class="quoted"[^>]*>([^<]+)</a>', page)


@pytest.fixture
def several(at: Desk) -> Desk:
    """A fact, a quoted fact with a proposed attribution, a verified fact, a dispute, an opinion, an open one."""
    fact(at, "Zebras are striped.")
    claim = quoted(at, "fact", "The mayor said it fell.")
    evidence(at, claim, aspect="attribution", quote="It fell.")
    proposal(at, claim, "attribution", "accurate")
    verified(at, fact(at, "Anna came first."))
    disputed(at, "Nobody knows.")
    closed(at, "It is a disgrace.", ben="opinion", cleo="opinion")
    opened(at, "An open one.")
    return at


def test_the_list_shows_what_waits_and_how_the_project_stands(several: Desk) -> None:
    assert listed(several) == ["Zebras are striped.", "The mayor said it fell.", "Nobody knows."]
    page = main(read(several, "/projects/desk/checking/"))
    assert "1 of 4 checked" in page and "3 wait for somebody" in page
    assert "Attribution proposed" in words(page) and "Content researching" in words(page)


ZEBRAS, MAYOR, ANNA, NOBODY = "Zebras are striped.", "The mayor said it fell.", "Anna came first.", "Nobody knows."


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("?status=all", [ZEBRAS, MAYOR, ANNA, NOBODY]),
        ("?status=verified", [ANNA]),
        ("?status=researching", [MAYOR]),
        ("?status=proposed", []),
        ("?status=proposed&aspect=attribution", [MAYOR]),
        ("?status=researching&aspect=content", [MAYOR]),
        ("?status=all&aspect=content", [ZEBRAS, MAYOR, ANNA]),
        ("?status=agreed&aspect=content", [ZEBRAS]),
        ("?q=ZEBRA", [ZEBRAS]),
        ("?q=an&status=all", [ANNA]),
        ("?status=all&sort=proposition", [ANNA, NOBODY, MAYOR, ZEBRAS]),
        ("?status=all&sort=-proposition", [ZEBRAS, MAYOR, NOBODY, ANNA]),
        ("?status=verified&sort=-moved", [ANNA]),
        ("?sort=nonsense", [ZEBRAS, MAYOR, NOBODY]),
        ("?status=nonsense", []),
        ("?status=labelling", []),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_the_address(several: Desk, query: str, claims: list[str]) -> None:
    assert listed(several, query) == claims


def test_the_list_is_sorted_by_what_moved_last(several: Desk) -> None:
    assert listed(several, "?status=all&sort=-moved")[:2] == [ANNA, MAYOR]
    assert listed(several, "?status=all&sort=moved")[:2] == [MAYOR, ANNA]


def test_an_aspect_that_a_decision_added_is_researching_before_anybody_begins(at: Desk) -> None:
    claim = unsettled(at)
    evidence(at, claim, aspect="attribution", quote="It was bound to happen.")
    proposal(at, claim, "attribution", "accurate")
    decided(at, claim, "attributed_statement", content_kind="fact", attribution={"source_name": "Réna Orlu"})
    assert listed(at, "?status=researching&aspect=content") == [claim.proposition]
    assert "Attribution proposed Content researching" in words(main(read(at, "/projects/desk/checking/")))


def test_an_empty_list_says_what_will_be_here(at: Desk) -> None:
    opened(at, "An open one.")
    assert "will be here as soon as their labelling closes" in read(at, "/projects/desk/checking/")
    fact(at)
    assert "No claim fits." in read(at, "/projects/desk/checking/?q=nothing")


def test_voided_claims_are_not_listed(at: Desk) -> None:
    move_claim(at.ann, claim_id=fact(at).pk, to="void", reason="A slip.")
    assert listed(at, "?status=all") == []


# sources


def test_sources_are_listed_with_how_often_they_are_used(at: Desk) -> None:
    claim = fact(at)
    source = add_source(at.ben, slug="desk", url="https://records.example/1", title="The register", publisher="Kalda")
    evidence(at, claim, source_id=source.pk)
    evidence(at, claim, source_id=source.pk, by="cleo")
    [open_claim] = opened(at, "The bridge fell.")
    evidence(at, open_claim, source_id=source.pk)
    evidence(at, open_claim, title="Only ben knows")
    page = main(read(at, "/projects/desk/sources/", "cleo"))
    assert "Only ben knows" not in page
    assert re.search(r"The register https://records.example/1 Kalda 2 ben", words(page))
    mine = words(main(read(at, "/projects/desk/sources/")))
    assert "Only ben knows" in mine and "Kalda 3 ben" in mine


def test_a_source_is_added_and_a_refused_one_comes_back(at: Desk) -> None:
    path = "/projects/desk/sources/"
    assert "The source is added." in post(at, path, title="The register", published_on="2026-03-01")
    assert Source.objects.get().published_on == date(2026, 3, 1)
    refused = post(at, path, want=400, publisher="Kalda Post", url="not an address")
    assert "Enter a valid URL." in refused and 'value="Kalda Post"' in refused
    nothing = post(at, path, want=400, publisher="Kalda Post")
    assert "Name the source by its url or by its title." in nothing
    post(at, path, "vic", want=403, title="A blog")
    assert 'method="post"' not in main(read(at, path, "vic"))


def test_sources_are_searched_and_sorted(at: Desk) -> None:
    for title in ("Beta", "Alpha", "Gamma 100%"):
        add_source(at.ben, slug="desk", title=title)

    def titles(query: str) -> list[str]:
        page = main(read(at, f"/projects/desk/sources/{query}"))
        return re.findall(r'<th scope="row"><a href="/sources/[^"]+/" dir="auto">([^<]+)</a>', page)

    assert titles("") == ["Gamma 100%", "Alpha", "Beta"]
    assert titles("?sort=title") == ["Alpha", "Beta", "Gamma 100%"]
    assert titles("?q=%25") == ["Gamma 100%"]
    assert titles("?q=nothing") == []


def test_the_filter_speaks_the_language_of_the_page(at: Desk) -> None:
    fact(at)
    with translation.override("en", deactivate=True):  # what the request switches on stays on in the thread
        answer = Person(at.ben).browser.get("/projects/desk/checking/", headers={"Accept-Language": "ar"})
    page = answer.content.decode()
    assert 'value="researching"' in page and ">researching<" not in page
