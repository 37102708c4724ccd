"""Every event has words, and changes read from what to what."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.audit.wording import VERBS, plain, told
from annotations.verification.transitions import MOVES

FILES = {"csv", "json", "jsonl", "parquet", "tsv"}
STAGES = Path(__file__).resolve().parents[2] / "annotations"
OF_ACCOUNTS = {"user.created", "user.password_set", "user.signed_in_by_link", "token.created", "token.revoked"}


def recorded() -> Iterator[str]:
    """Every verb that a service writes down, as it stands in the source; those of moves come from their table."""
    for path in STAGES.glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "wording.py":
                noun, dot, verb = node.value.partition(".")
                if dot and noun in NOUNS and verb.replace("_", "").isalpha() and verb not in FILES:
                    yield node.value
    yield from (f"claim.{move.told}" for move in MOVES.values())


NOUNS = {verb.partition(".")[0] for verb in VERBS}


def test_every_verb_of_a_project_has_words() -> None:
    assert {verb for verb in recorded() if verb not in OF_ACCOUNTS} - set(VERBS) == set()
    assert "label.saved" in set(recorded()) and "claim.challenged" in set(recorded())


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("label.saved", {"before": None, "after": "opinion"}, ("saved a label", "", "", "opinion")),
        (
            "label.saved",
            {"before": "opinion", "after": "verifiable_fact"},
            ("saved a label", "", "opinion", "verifiable fact"),
        ),
        (
            "project.edited",
            {"before": {"name": "A_b c", "blind": True}, "after": {"name": "B", "blind": False}},
            ("changed the settings", "", "name: A_b c, blind: yes", "name: B, blind: no"),
        ),
        (
            "claim.decided",
            {
                "before": {"status": "disputed", "label": None, "content_kind": None},
                "after": {"status": "agreed", "label": "verifiable_fact", "content_kind": None},
                "reason": "Records.",
            },
            ("decided a claim", "Records.", "status: disputed, label: –", "status: agreed, label: verifiable fact"),
        ),
        (
            "member.added",
            {"username": "ben", "role": "reviewer"},
            ("added a member", "ben", "", "reviewer"),
        ),
        ("article.opened", {"claims": 24}, ("opened an article for labelling", "", "", "24 claims")),
        ("article.closed", {"claims": 2}, ("ended labelling of an article", "", "", "2 claims")),
        (
            "verdict.approved",
            {"aspect": "content", "verdict": "not_enough_evidence"},
            ("approved a verdict", "", "", "content: not enough evidence"),
        ),
        (
            "verdict.changes_requested",
            {"aspect": "content", "reason": "Which pier?"},
            ("asked for changes of a verdict", "Which pier?", "", "content"),
        ),
        (
            "claim.resized",
            {"before": [0, 4], "after": [0, 9], "exact": "The pier"},
            ("moved the ends of a unit", "The pier", "0, 4", "0, 9"),
        ),
        ("something.new", {}, ("something.new", "", "", "")),
    ],
)
def test_an_event_in_words(verb: str, data: dict[str, Any], words: tuple[str, str, str, str]) -> None:
    assert told(verb, data) == words


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_events_without_data_still_have_words(verb: str) -> None:
    assert told(verb, {}).did == str(VERBS[verb])


def test_addresses_keep_their_underscores() -> None:
    assert plain("https://a.example/not_a_claim") == "https://a.example/not_a_claim"
