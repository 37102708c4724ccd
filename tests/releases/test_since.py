"""A release is never changed: its page and the list tell what befell its claims since."""

import re

import orjson

from annotations.projects.services import remove_member
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, fresh
from tests.factories.releases import contents, published, shelf
from tests.personas import Person
from tests.verification.pages import main, read, words


def text(at: Desk, path: str, name: str = "vic") -> str:
    return words(main(read(at, path, name)))


def test_the_page_tells_what_befell_its_claims_and_the_list_how_many(at: Desk) -> None:
    claims = shelf(at)
    first = published(at, title="The first")
    page, listed = f"/releases/{first.pk}/", f"/projects/{at.project.slug}/releases/"
    assert "no longer" not in text(at, page) and "no longer" not in text(at, listed)
    move_claim(at.ben, claim_id=claims["marked"].pk, to="challenge", reason="Which bridge?")
    move_claim(at.dora, claim_id=claims["formula"].pk, to="withdraw", reason="The register was wrong.")
    move_claim(at.dora, claim_id=claims["marked"].pk, to="correct", reason="The date was put right.")
    told = text(at, page)
    assert "2 claims no longer stand as they were released" in told
    assert "Marked corrected by dora" in told and "The date was put right." in told and "Which bridge?" not in told
    assert "Withdrawn by dora" in told and "The register was wrong." in told
    assert f'href="/claims/{claims["marked"].pk}/"' in read(at, page, "vic")
    assert "2 claims no longer stand as released" in text(at, listed)
    second = published(at, title="The second")
    assert "no longer" not in text(at, f"/releases/{second.pk}/")
    assert text(at, listed).count("no longer stand as released") == 1
    for to in ("challenge", "reopen"):
        move_claim(at.dora, claim_id=claims["attributed"].pk, to=to, reason="Look again.")
    assert fresh(claims["attributed"]).status == "researching"
    assert "Reopened by dora" in text(at, f"/releases/{second.pk}/")


def test_the_page_says_what_the_release_holds(at: Desk) -> None:
    shelf(at)
    release = published(at)
    told = text(at, f"/releases/{release.pk}/")
    counts = orjson.loads(contents(release)["manifest.json"])["counts"]
    assert f"Claims {counts['claims']} · " in told and f"Articles {counts['articles']} " in told
    assert all(f"{status} {number}" in told for status, number in counts["status"].items())
    assert "verifiable fact 4" in told and "opinion 1" in told and "not a claim 1" in told
    assert "Krippendorff’s alpha" in told and re.search(r"over \d claims with two labels or more", told)
    row = text(at, f"/projects/{at.project.slug}/releases/")
    assert row.split("CC-BY-4.0")[1].split()[0] == str(counts["claims"])


def test_who_has_left_learns_nothing(at: Desk) -> None:
    claims = shelf(at)
    release = published(at)
    move_claim(at.ben, claim_id=claims["marked"].pk, to="challenge", reason="Which bridge?")
    remove_member(at.ann, slug=at.project.slug, username="vic")
    assert Person(at.vic).browser.get(f"/releases/{release.pk}/").status_code == 404
