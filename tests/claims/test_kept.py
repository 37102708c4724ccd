"""What people wrote on units is kept, or told in the log: merging, splitting, dismissing."""

import pytest

from annotations.audit.models import Event
from tests.personas import Team, team

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "One thing.", "Two thing.", "Three thing."


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer")


@pytest.fixture
def units(at: Team) -> list[dict[str, object]]:
    """Three units of a draft; a colleague wrote what the first one claims."""
    new = {"text": f"{ONE} {TWO} {THREE}", "segment": True, "language": "en"}
    article = at.ann.api("POST", "projects/desk/articles/", new, want=201)["id"]
    first, *_ = at.ann.every(f"articles/{article}/claims/")
    at.ann.api("PATCH", f"claims/{first['id']}/", {"proposition": "One was said."}, if_match='"1"')
    return at.ann.every(f"articles/{article}/claims/")


def test_merging_keeps_every_written_proposition(at: Team, units: list[dict[str, object]]) -> None:
    first, second, _ = units
    ids = [second["id"], first["id"]]
    merged = at.ann.api("POST", f"articles/{first['article']}/merge/", {"claims": ids}, want=201)
    assert (merged["exact"], merged["proposition"]) == (f"{ONE} {TWO}", f"One was said. {TWO}")
    assert Event.objects.get(verb="claim.merged").data["propositions"] == ["One was said."]


def test_merging_leaves_no_unit_between(at: Team, units: list[dict[str, object]]) -> None:
    first, _, third = units
    ids = [first["id"], third["id"]]
    answer = at.ann.api("POST", f"articles/{first['article']}/merge/", {"claims": ids}, want=400)
    assert "stands between" in answer["errors"]["claims"][0]


def test_splitting_keeps_it_on_the_first_part(at: Team, units: list[dict[str, object]]) -> None:
    body = {"at": len("One")}
    parts = at.ann.api("POST", f"claims/{units[0]['id']}/split/", body, want=201, if_match='"2"')
    assert [part["proposition"] for part in parts] == ["One was said.", "thing."]


def test_a_stale_dismissal_is_refused_and_a_fresh_one_told(at: Team, units: list[dict[str, object]]) -> None:
    path = f"claims/{units[0]['id']}/"
    current = at.ann.api("DELETE", path, want=412, if_match='"1"')["current"]
    assert current["proposition"] == "One was said."
    at.ben.api("DELETE", path, want=403)
    at.ann.api("DELETE", path, want=204, if_match='"2"')
    assert Event.objects.get(verb="claim.dismissed").data["propositions"] == ["One was said."]
