"""A release says how it differs from the one before: what was added, what changed, what was withdrawn, and why."""

from typing import Any

import orjson
import pytest

from annotations.claims.models import Claim
from annotations.importing.outside import Aside
from annotations.importing.readers import native as reader
from annotations.releases.changes import FACETS
from annotations.releases.models import Release
from annotations.releases.queries import RELEASABLE
from annotations.releases.verifying import examine
from annotations.releases.wording import FACET_WORDS
from annotations.verification.moves import move_claim
from annotations.verification.services import approve_verdict
from tests.factories.claims import Desk, evidence, fact, fresh, proposal, verified
from tests.factories.releases import contents, published, records, shelf
from tests.personas import Person

STANDING = {"status": ["verified", "published"]}


def changes(release: Release) -> dict[str, dict[str, Any]]:
    return {row["claim_id"]: row for row in map(orjson.loads, contents(release)["changes.jsonl"].splitlines())}


def counted(release: Release) -> dict[str, int] | None:
    counts = orjson.loads(contents(release)["manifest.json"])["counts"]
    return {**counts["changes"], "withdrawn": counts["withdrawn"]} if counts["changes"] else None


def taken_up_again(at: Desk, claim: Claim, verdict: str) -> None:
    """Challenged, corrected for a reason, reopened, and found otherwise."""
    move_claim(at.dora, claim_id=claim.pk, to="challenge", reason="Somebody wrote.")
    move_claim(at.dora, claim_id=claim.pk, to="correct", reason="The register was misread.")
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="Ben asks again.")
    evidence(at, claim, stance="refutes", url="https://records.example/second")
    approve_verdict(at.dora, verdict_id=proposal(at, claim, "content", verdict, explanation="Misread.").pk)


def test_the_first_release_has_nothing_to_differ_from(at: Desk) -> None:
    shelf(at)
    release = published(at)
    assert changes(release) == {} and counted(release) is None
    assert {record["change"] for record in records(release, "claim")} == {None}


def test_every_difference_has_a_word() -> None:
    assert set(FACETS) == set(FACET_WORDS)


def test_nothing_differs_where_nothing_was_done(at: Desk) -> None:
    shelf(at)
    published(at)
    release = published(at)
    assert changes(release) == {}
    assert counted(release) == {"added": 0, "changed": 0, "same": 7, "withdrawn": 0}


def test_what_was_added_changed_and_withdrawn_with_reasons(at: Desk) -> None:
    same, changed, gone = (verified(at, fact(at, quote)) for quote in ("A mill fell.", "A dam fell.", "A wall fell."))
    published(at, filter=STANDING)
    taken_up_again(at, changed, "refuted")
    move_claim(at.dora, claim_id=gone.pk, to="withdraw", reason="The register is a forgery.")
    added = verified(at, fact(at, "A bridge fell."))
    release = published(at, filter=STANDING)
    found = changes(release)
    assert {key: row["change"] for key, row in found.items()} == {
        str(added.pk): "added",
        str(changed.pk): "changed",
        str(gone.pk): "withdrawn",
    }
    assert str(same.pk) not in found
    assert found[str(changed.pk)]["changed"] == ["verdicts", "evidence"]
    told = [(row["did"], row["reason"]) for row in found[str(changed.pk)]["corrections"]]
    assert told == [("challenged", None), ("corrected", "The register was misread."), ("reopened", None)]
    assert found[str(gone.pk)]["status"] == "withdrawn"
    assert found[str(gone.pk)]["corrections"][0]["reason"] == "The register is a forgery."
    assert counted(release) == {"added": 1, "changed": 1, "same": 1, "withdrawn": 1}
    page = Person(at.vic).browser.get(f"/releases/{release.pk}/").content.decode().split('id="changes"')[1]
    for words in ("A dam fell.", "verdicts, evidence", "The register was misread.", "The register is a forgery."):
        assert words in page
    assert "A wall fell." not in page and b"A wall fell." not in contents(release)["claims.jsonl"]


def test_what_the_filter_leaves_out_is_withdrawn_as_it_stands(at: Desk) -> None:
    first, second = (verified(at, fact(at, quote)) for quote in ("A mill fell.", "A dam fell."))
    published(at)
    release = published(at, filter={"articles": [str(second.article_id)]})
    [row] = changes(release).values()
    assert (row["claim_id"], row["change"], row["status"]) == (str(first.pk), "withdrawn", fresh(first).status)
    [again] = changes(published(at)).values()
    assert (again["claim_id"], again["change"]) == (str(first.pk), "added")


@pytest.mark.parametrize("moves", [["challenge"], ["challenge", "reopen"]])
def test_why_a_claim_is_doubted_stays_with_the_team(at: Desk, moves: list[str]) -> None:
    claim = verified(at)
    published(at)
    for move in moves:
        move_claim(at.dora, claim_id=claim.pk, to=move, reason="Cleo thinks so.")
    release = published(at, filter={"status": list(RELEASABLE)})
    assert changes(release)[str(claim.pk)]["changed"][-1] == "status"
    assert all(b"Cleo thinks so." not in body for body in contents(release).values())


def test_the_files_verify_and_the_claims_are_read_by_who_brings_them_in(at: Desk, tmp_path: Any) -> None:
    claim = verified(at)
    published(at)
    move_claim(at.dora, claim_id=claim.pk, to="withdraw", reason="A forgery.")
    verified(at, fact(at, "A bridge fell."))
    files = contents(published(at))
    folder = tmp_path / "out"
    folder.mkdir()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    found = examine(folder)
    assert set(found) == set(files) and not any(found.values())
    asides = [each for each in reader.read(files["claims.jsonl"]) if isinstance(each, Aside)]
    assert {aside.item for aside in asides} == {"file"}  # records that only a whole release keeps, none that is unknown
