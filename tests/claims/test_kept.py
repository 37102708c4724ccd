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


def put_back(
    at: Team, gone: list[dict[str, object]], made: list[dict[str, object]], want: int = 201, **more: object
) -> list[dict[str, object]]:
    """Ask for the `made` ones in the place of the `gone` ones, in the article of whichever there is."""
    body = {
        "old": [{"id": unit["id"], "version": unit["version"], **more} for unit in gone],
        "new": [{name: unit[name] for name in ("start", "end", "kind", "proposition")} for unit in made],
    }
    answer: list[dict[str, object]] = at.ann.api(
        "POST", f"articles/{[*gone, *made][0]['article']}/replace/", body, want=want
    )
    return answer


def test_a_split_is_taken_back_exactly_and_done_again(at: Team, units: list[dict[str, object]]) -> None:
    first, *_ = units
    parts = at.ann.api("POST", f"claims/{first['id']}/split/", {"at": len("One")}, want=201, if_match='"2"')
    [again] = put_back(at, parts, [first])
    told = ("start", "end", "exact", "kind", "proposition")
    assert [again[name] for name in told] == [first[name] for name in told]
    assert Event.objects.filter(verb="claim.restored").get().data["propositions"] == ["One was said."]
    twice = put_back(at, [again], parts)
    assert [unit["exact"] for unit in twice] == ["One", "thing."]
    assert len(at.ann.every(f"articles/{first['article']}/claims/")) == 4


def test_what_another_changed_meanwhile_is_not_undone(at: Team, units: list[dict[str, object]]) -> None:
    first, second, _ = units
    path = f"claims/{second['id']}/"
    at.ann.api("PATCH", path, {"proposition": "Two was said."}, if_match='"1"')
    assert put_back(at, [second], [], want=412)["current"]["proposition"] == "Two was said."  # type: ignore[call-overload]  # a problem document
    at.ann.api("DELETE", path, want=204, if_match='"2"')
    put_back(at, [first, second], [], want=404)
    assert [unit["exact"] for unit in at.ann.every(f"articles/{first['article']}/claims/")] == [ONE, THREE]


def test_units_are_not_put_where_one_is_and_not_outside_the_text(at: Team, units: list[dict[str, object]]) -> None:
    first, second, _ = units
    put_back(at, [first], [second], want=409)
    put_back(at, [first], [{**first, "end": 10_000}], want=400)
    assert len(at.ann.every(f"articles/{first['article']}/claims/")) == 3


def test_an_addition_is_taken_back(at: Team, units: list[dict[str, object]]) -> None:
    assert put_back(at, [units[0]], []) == []
    assert Event.objects.get(verb="claim.dismissed").data["propositions"] == ["One was said."]
    at.ann.api("POST", f"articles/{units[0]['article']}/open/")
    put_back(at, [], [units[0]], want=409)
