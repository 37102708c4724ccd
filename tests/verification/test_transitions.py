"""The table of moves and what a verdict rests on: pure."""

from dataclasses import replace

import pytest

from annotations.claims.models import Status
from annotations.projects.access import Action
from annotations.verification.models import ATTRIBUTION_VERDICTS, CONTENT_VERDICTS
from annotations.verification.transitions import (
    ADVANCE,
    MOVES,
    Ground,
    least_advanced,
    missing_ground,
    origins,
    required_aspects,
)


@pytest.mark.parametrize(
    ("label", "kind", "aspects"),
    [
        ("verifiable_fact", None, ("content",)),
        ("attributed_statement", None, ("attribution",)),
        ("attributed_statement", "evaluation", ("attribution",)),
        ("attributed_statement", "fact", ("attribution", "content")),
        ("opinion", None, ()),
        ("not_a_claim", None, ()),
        (None, None, ()),
    ],
)
def test_required_aspects_follow_label_and_content_kind(label: str | None, kind: str | None, aspects: tuple) -> None:
    assert required_aspects(label, kind) == aspects


def test_moves_name_statuses_and_permissions_that_exist() -> None:
    for move in MOVES.values():
        assert move.starts <= set(Status.values)
        assert move.leads_to in Status.values
        assert move.permission in Action.__members__


@pytest.mark.parametrize(
    ("status", "moves"),
    [
        ("draft", set()),
        ("labelling", {"void"}),
        ("disputed", {"void"}),
        ("agreed", {"close", "void"}),
        ("closed", {"reopen", "void"}),
        ("researching", {"close", "void"}),
        ("proposed", {"void"}),
        ("verified", {"challenge", "withdraw", "void"}),
        ("published", {"challenge", "withdraw"}),
        ("challenged", {"correct", "withdraw", "reopen"}),
        ("stale", {"correct", "withdraw", "reopen"}),
        ("corrected", {"challenge", "withdraw", "reopen"}),
        ("withdrawn", {"reopen"}),
        ("void", set()),
    ],
)
def test_each_status_has_its_moves(status: str, moves: set[str]) -> None:
    assert {name for name, move in MOVES.items() if status in move.starts} == moves


def test_a_claim_shows_the_least_advanced_of_its_aspects() -> None:
    assert least_advanced(["verified", "researching"]) == "researching"
    assert least_advanced(["proposed", "verified"]) == "proposed"
    assert least_advanced(["published", "challenged"]) == "challenged"
    assert least_advanced(["verified"]) == "verified"
    assert set(ADVANCE) < set(Status.values)


def ground(stance: str = "supports", tier: str = "primary", *, quoted: bool = False, origin: str = "a") -> Ground:
    return Ground(stance, tier, quoted, origin)


FITTING = {"supported": "supports", "refuted": "refutes", "mixed": "refutes", "outdated": "context"}


@pytest.mark.parametrize("verdict", FITTING)
def test_a_finding_rests_on_one_primary_or_two_independent_secondary_sources(verdict: str) -> None:
    stance = FITTING[verdict]
    secondary = ground(stance, "secondary", origin="a")
    assert missing_ground(verdict, [ground(stance)], "") is None
    assert missing_ground(verdict, [secondary, ground(stance, "secondary", origin="b")], "") is None
    assert "two independent secondary" in str(missing_ground(verdict, [], ""))
    assert missing_ground(verdict, [secondary], "looked everywhere") is not None
    assert missing_ground(verdict, [secondary, ground(stance, "secondary", origin="a")], "") is not None
    assert missing_ground(verdict, [ground(stance, "tertiary", origin=str(n)) for n in range(5)], "") is not None


@pytest.mark.parametrize(("verdict", "stance"), [("supported", "refutes"), ("refuted", "supports")])
def test_a_finding_does_not_rest_on_sources_that_say_otherwise(verdict: str, stance: str) -> None:
    missing = missing_ground(verdict, [ground(stance), ground("context")], "")
    assert missing is not None
    assert {"supported": "supports", "refuted": "refutes"}[verdict] in missing


@pytest.mark.parametrize("verdict", ATTRIBUTION_VERDICTS[:5])
def test_what_was_said_rests_on_an_exact_quote(verdict: str) -> None:
    assert missing_ground(verdict, [ground("context", "tertiary", quoted=True)], "") is None
    assert "exact quote" in str(missing_ground(verdict, [ground()], "looked everywhere"))


@pytest.mark.parametrize("verdict", ["not_found", "unverifiable_source", "not_enough_evidence"])
def test_finding_nothing_rests_on_a_search_note(verdict: str) -> None:
    assert missing_ground(verdict, [], "Archives of three papers, 2026-11-01.") is None
    assert "search note" in str(missing_ground(verdict, [ground(quoted=True)], " \n"))


@pytest.mark.parametrize("verdict", ["pending", "not_checkable"])
def test_some_verdicts_rest_on_their_explanation_alone(verdict: str) -> None:
    assert missing_ground(verdict, [], "") is None


def test_every_verdict_word_has_its_rule() -> None:
    free = {
        verdict for verdict in (*ATTRIBUTION_VERDICTS, *CONTENT_VERDICTS) if missing_ground(verdict, [], "") is None
    }
    assert free == {"pending", "not_checkable"}


@pytest.mark.parametrize(
    ("marks", "apart"),
    [
        ([], 0),
        ([{"x"}, {"y"}, {"z"}], 3),
        ([{"x", "wire"}, {"x"}, {"y"}], 2),
        ([{"x", "wire"}, {"y", "agency"}, {"x", "agency"}], 1),
        ([{"a"}, {"b"}, {"c", "a"}, {"c", "b"}], 1),
    ],
)
def test_what_shares_a_source_or_a_group_is_of_one_origin(marks: list[set[str]], apart: int) -> None:
    assert len(set(origins(marks))) == apart


def test_sources_of_alternative_sets_do_not_add_up() -> None:
    first, second = ground("supports", "secondary", origin=1), ground("supports", "secondary", origin=2)
    assert missing_ground("supported", [first, second], "") is None
    assert missing_ground("supported", [first, replace(second, set=2)], "") is not None
    assert missing_ground("supported", [first, replace(second, set=2, tier="primary")], "") is None
