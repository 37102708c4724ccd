"""A compound claim in a release: its parts, and the verdict of the whole that follows from theirs."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotations.releases.models import Release
from annotations.releases.parts import derived_record, part_record
from annotations.releases.verifying import verify
from tests.factories.claims import Desk, desk, fact
from tests.factories.parts import TWO, compound, judged, part_proposal
from tests.factories.releases import contents, published, records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at() -> Desk:
    return desk()


def rows(release: Release) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contents(release)["claims.csv"].decode(), newline="")))


def test_from_a_compound_claim_to_a_release_that_holds(at: Desk, tmp_path: Path) -> None:
    _claim, (first, second) = compound(at)
    judged(at, first, as_of=date(2026, 11, 3))
    judged(at, second, "refuted", as_of=date(2026, 10, 1))
    release = published(at)
    [told] = records(release, "claim")
    assert (told["status"], told["verified"]) == ("verified", True)
    [check] = told["checks"]
    assert (check["verdict"], check["as_of"]) == ("mixed", "2026-10-01")
    assert check["explanation"] == "Follows from its parts: (1) supported, (2) refuted."
    assert check["proposed_by"] is None
    assert len(check["approved_by"]) == 1
    evidence = {row["part_id"]: row["id"] for row in records(release, "evidence")}
    said = [(part["position"], part["proposition"], part["verdict"], part["as_of"]) for part in told["parts"]]
    assert said == [(1, TWO[0], "supported", "2026-11-03"), (2, TWO[1], "refuted", "2026-10-01")]
    for part, row in zip(told["parts"], (first, second), strict=True):
        assert (part["id"], part["evidence"]) == (str(row.pk), [evidence[str(row.pk)]])
        assert part["approved_by"] == check["approved_by"]
        assert part["explanation"] == "The register has it."
    assert sorted(check["evidence"]) == sorted(evidence.values())
    [cells] = rows(release)
    assert (cells["content_verdict"], cells["as_of"]) == ("mixed", "2026-10-01")
    assert cells["explanation"] == check["explanation"]
    folder = tmp_path / "release"
    folder.mkdir()
    for name, content in contents(release).items():
        (folder / name).write_bytes(content)
    assert verify(folder) == []


def test_a_compound_claim_that_is_not_verified_yet(at: Desk) -> None:
    claim, (first, second) = compound(at)
    judged(at, first)
    plain = fact(at)
    release = published(at, filter={"status": ["researching", "agreed"]})
    found = {row["id"]: row for row in records(release, "claim")}
    assert found[str(plain.pk)]["parts"] == []
    told = found[str(claim.pk)]
    assert [part["verdict"] for part in told["parts"]] == [None, None]
    assert told["checks"][0]["verdict"] is None
    part_proposal(at, second, "refuted")
    [told] = records(published(at, filter={"status": ["proposed"]}), "claim")
    assert [(part["verdict"], len(part["approved_by"])) for part in told["parts"]] == [("supported", 1), ("refuted", 0)]
    assert (told["checks"][0]["verdict"], told["checks"][0]["approved_by"]) == (None, [])


NAMES = {1: "r-1", 2: "r-2"}
PART = {"id": "p-1", "position": 1, "proposition": "One."}


def verdict(status: str, word: str) -> dict[str, Any]:
    said = {"verdict": word, "explanation": "So.", "as_of": date(2026, 11, 1), "search_note": ""}
    return {"part_id": "p-1", "status": status, "proposed_by": 1, "reviewed_by": 2, **said}


@pytest.mark.parametrize(
    ("status", "wanted"),
    [("researching", None), ("proposed", "refuted"), ("verified", "supported"), ("challenged", "supported")],
)
def test_which_verdict_of_a_part_is_in_force(status: str, wanted: str | None) -> None:
    both = [verdict("approved", "supported"), verdict("proposed", "refuted")]
    assert part_record(PART, [{"aspect": "content", "status": status}], both, [], NAMES)["verdict"] == wanted


def test_a_part_whose_content_is_not_asked_for_has_no_verdict_in_force() -> None:
    assert part_record(PART, [], [verdict("approved", "supported")], [], NAMES)["verdict"] is None


def test_a_whole_without_all_its_verdicts_has_none() -> None:
    check = {"aspect": "content", "status": "verified", "status_since": None}
    parts = [part_record(PART, [check], [verdict("approved", "supported")], [], NAMES)]
    assert derived_record(check, parts, [])["verdict"] == "supported"
    parts.append(part_record({**PART, "id": "p-2"}, [check], [], [], NAMES))
    assert derived_record(check, parts, [])["verdict"] is None
