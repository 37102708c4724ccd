"""Public pages: everybody reads what a project shows, nobody what it does not, and a claim that fell says so."""

import re
from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django import Settings

from annotations.claims.models import Claim
from annotations.errors import WrongState
from annotations.projects.services import edit_project
from annotations.public.queries import PAGE
from annotations.releases.models import Release
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, desk, fact, fresh, verified
from tests.factories.releases import contents, published, shelf
from tests.personas import Person
from tests.releases.claimreviews import problems


def read(path: str, *, want: int = 200) -> str:
    """A page as somebody reads it who is not signed in."""
    answer = Client().get(path)
    assert answer.status_code == want, answer.content.decode()[:500]
    return answer.content.decode()


def path_of(release: Release, claim: Claim | None = None) -> str:
    path = f"/public/releases/{release.pk}/"
    return f"{path}claims/{claim.pk}/" if claim else path


def embedded(page: str) -> dict[str, Any] | None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return orjson.loads(found[0]) if found else None


def test_a_release_and_its_claims_are_read_by_everybody(at: Desk) -> None:
    claims = shelf(at)
    release = published(at)
    assert release.public_url == f"https://desk.example{path_of(release)}"
    page = read(path_of(release))
    for name, claim in claims.items():
        assert (path_of(release, claim) in page) == (name != "open"), name
    assert "secret rationale" not in page and "🤫" not in page
    assert "refuted" in read(path_of(release, claims["attributed"]))
    for name, body in contents(release).items():
        answer = Client().get(f"{path_of(release)}files/{name}")
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, body)  # type: ignore[attr-defined]


def test_names_of_people_are_on_no_page(at: Desk) -> None:
    claims = shelf(at)
    release = published(at)
    move_claim(at.dora, claim_id=claims["marked"].pk, to="challenge", reason="Ben slept.")
    pages = read(path_of(release)) + "".join(
        read(path_of(release, claim)) for claim in claims.values() if claim.pk != claims["open"].pk
    )
    for name in ("ann", "ben", "cleo", "dora"):
        assert not re.search(rf"\b{name}\b", pages, re.IGNORECASE), name


def test_the_addresses_in_the_files_are_those_of_the_pages(at: Desk) -> None:
    claims = shelf(at)
    release = published(at)
    graph = orjson.loads(contents(release)["claimreview.jsonld"])["@graph"]
    assert len(graph) == 4
    for review in graph:
        path, _, place = review["url"].removeprefix("https://desk.example").partition("#")
        page = read(path)
        assert f'id="{place}"' in page
        told = embedded(page)
        assert told and review in told["@graph"] and list(problems(review)) == []
    assert embedded(read(path_of(release, claims["opinion"]))) is None
    assert f'<link rel="canonical" href="{release.public_url}">' in read(path_of(release))


def test_no_text_ends_the_element_it_stands_in(at: Desk) -> None:
    claim = fact(at, "The </script><script>alert(1)</script> bridge & <!-- the \u2028 river fell.")
    release = published(at, filter={"status": [verified(at, claim).status]})
    page = read(path_of(release, claim))
    assert "<script>alert" not in page and "<!--" not in page
    told = embedded(page)
    assert told and told["@graph"][0]["itemReviewed"]["text"] == claim.exact


def test_nothing_is_shown_while_the_project_shows_nothing(at: Desk) -> None:
    claim = verified(at)
    release = published(at)
    edit_project(at.ann, slug="desk", changes={"public": False})
    for path in (path_of(release), path_of(release, claim), f"{path_of(release)}files/claims.jsonl"):
        read(path, want=404)
    silent = published(at)
    edit_project(at.ann, slug="desk", changes={"public": True})
    read(path_of(release))
    read(path_of(silent), want=404)


def test_without_public_pages_there_is_no_claim_review_and_the_manifest_says_why(at: Desk) -> None:
    edit_project(at.ann, slug="desk", changes={"public": False})
    verified(at)
    release = published(at)
    files = contents(release)
    assert {"claimreview.jsonld", "factchecktools_page.json"}.isdisjoint(files) and release.public_url is None
    told = orjson.loads(files["manifest.json"])
    assert told["public"] is None and any("ClaimReview" in reason for reason in told["left_out"])
    assert "ClaimReview" in files["README.md"].decode()


def test_a_claim_of_another_release_or_nowhere_is_not_found(at: Desk) -> None:
    first = verified(at)
    release = published(at)
    second = verified(at)
    later = published(at, filter={"articles": [str(second.article_id)]})
    read(path_of(later, second))
    read(path_of(later, first), want=404)
    read(path_of(release, second), want=404)
    assert path_of(later) in read(path_of(release))  # the later one is told of


@pytest.mark.parametrize(
    ("move", "word", "why"), [("challenge", "Being checked again", False), ("withdraw", "Withdrawn since", True)]
)
def test_a_claim_that_no_longer_stands_says_so_and_is_no_review_any_more(
    at: Desk, move: str, word: str, why: bool
) -> None:
    claim = verified(at)
    release = published(at)
    assert embedded(read(path_of(release, claim)))
    move_claim(at.dora, claim_id=claim.pk, to=move, reason="The register was wrong.")
    page = read(path_of(release, claim))
    assert word in page and ("The register was wrong." in page) == why and embedded(page) is None
    assert word in read(path_of(release))
    assert "supported" in page  # what was released stays readable


def test_long_lists_go_on_and_bad_places_are_told(at: Desk) -> None:
    text = "\n".join(f"Bridge {n} fell." for n in range(PAGE + 3))
    release = _many(at, text)
    page = read(path_of(release))
    following = re.search(r'href="\?after=(\d+)#claims"', page)
    assert following and page.count("/claims/") == PAGE
    rest = read(f"{path_of(release)}?after={following[1]}")
    assert rest.count("/claims/") == 3 and 'rel="next"' not in rest
    for bad in ("x", "-1", "9" * 30, "١"):
        assert "after" in read(f"{path_of(release)}?after={bad}", want=400)


def _many(at: Desk, text: str) -> Release:
    claims = [fact(at, line) for line in text.splitlines()]
    return published(at, filter={"status": [fresh(claims[0]).status]})


def test_the_server_has_to_know_its_address_first(transactional_db: None, settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    with pytest.raises(WrongState, match="PUBLIC_URL"):
        edit_project(desk().ann, slug="desk", changes={"public": True})


def test_a_manager_switches_it_on_and_the_api_tells(at: Desk) -> None:
    verified(at)
    release = published(at)
    person = Person(at.ann)
    assert person.browser.get("/api/v1/projects/desk/").json()["public"] is True
    assert person.browser.get(f"/api/v1/releases/{release.pk}/").json()["public_url"] == release.public_url
    assert path_of(release) in person.browser.get(f"/releases/{release.pk}/").content.decode()
