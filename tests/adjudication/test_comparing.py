"""Labels side by side."""

from typing import Any

from annotations.adjudication.comparing import Row, compare, places
from annotations.codebooks.models import Codebook
from annotations.labelling.models import LabelRevision

WORDS = {(1, 2): "gone", (4, 9): "Réna", (10, 14): "said"}


def said(label: str, version: str = "1", **more: Any) -> LabelRevision:
    return LabelRevision(label=label, codebook=Codebook(version=version), **more)


def rows(*revisions: LabelRevision) -> dict[str, Row]:
    return {row.name: row for row in compare(revisions, WORDS)}


def test_only_what_somebody_said_has_a_row() -> None:
    found = rows(said("opinion"), said("verifiable_fact", rationale="A date."))
    assert list(found) == ["label", "rationale"]
    assert found["label"].cells == ["opinion", "verifiable_fact"]
    assert found["label"].differs
    assert found["rationale"].cells == ["", "A date."]


def test_contradictions_are_marked_and_silence_is_none() -> None:
    found = rows(
        said("attributed_statement", content_kind="fact", attribution={"source_name": "the mayor", "cue": "said"}),
        said("attributed_statement", attribution={"source_name": "Réna Orlu", "mode": "direct"}),
    )
    assert {name: row.differs for name, row in found.items()} == {
        "label": False,
        "content_kind": False,
        "source_name": True,
        "cue": False,
        "mode": False,
    }
    assert [str(cell) for cell in found["mode"].cells] == ["", "direct quote"]


def test_case_and_spaces_are_no_difference() -> None:
    one, other = ({"source_name": name} for name in ("The  Mayor", "the mayor "))
    found = rows(said("attributed_statement", attribution=one), said("attributed_statement", attribution=other))
    assert not found["source_name"].differs


def test_notes_flags_and_sureness_differ_without_a_mark() -> None:
    found = rows(
        said("opinion", confidence=2, flags=["compound", {"flag": "loaded_language", "start": 1, "end": 2}], rule="O1"),
        said("opinion", confidence=5, rationale="A judgement.", rule="F1"),
        said("unsure", reason="Cannot tell."),
    )
    assert [name for name, row in found.items() if row.differs] == ["label"]
    assert found["flags"].cells[0] == "compound, loaded language “gone”"
    assert found["rationale"].cells == ["", "A judgement.", "Cannot tell."]


def test_versions_of_the_codebook_are_told_where_they_differ() -> None:
    assert "codebook" not in rows(said("opinion"), said("opinion"))
    assert rows(said("opinion"), said("opinion", version="2"))["codebook"].cells == ["1", "2"]


def test_what_reviewers_found_in_the_text_stands_in_its_words_and_never_differs() -> None:
    source, cue = {"start": 4, "end": 9}, {"start": 10, "end": 14}
    revisions = (
        said("attributed_statement", attribution={"spans": {"source": source, "cue": cue}}),
        said("attributed_statement", attribution={"spans": {"source": cue}}),
    )
    assert places(revisions) == [(4, 9), (10, 14), (10, 14)]
    found = rows(*revisions)
    assert {name: (row.cells, row.differs) for name, row in found.items() if name != "label"} == {
        "source": (["“Réna”", "“said”"], False),
        "cue": (["“said”", ""], False),
    }
