"""The manifest says what a release is, and its id follows from every byte of it."""

import hashlib
import json
import re
from typing import Any

import pytest

from annotations.releases.formats import manifest, native
from annotations.releases.formats.findings import findings
from tests.releases.shapes import CODEBOOK, claim, lines, said

FILES = [{"name": "claims.jsonl", "media_type": "application/jsonl", "sha256": "ab" * 32, "size": 7}]
# PRODUCT's vector: twelve units by three reviewers, a point where a label is missing.
UNITS = ["AAA", "AAF", "FFF", "AA.", "OOO", "OAO", "FF.", "AAA", "FOF", "A.A", "OOF", "..A"]
LABELS = {"A": "attributed_statement", "F": "verifiable_fact", "O": "opinion"}


def written(*told: dict[str, Any], files: list[dict[str, Any]] = FILES) -> dict[str, Any]:
    release_id, content = manifest.write(findings(lines(*told), seed=7), files)
    found: dict[str, Any] = json.loads(content)
    assert found["id"] == release_id
    return found


def twelve_units() -> list[dict[str, Any]]:
    told = []
    for number, unit in enumerate(UNITS):
        told.append(claim(0, id=f"c-{number}", status="verified" if number else "agreed", verified=bool(number)))
        said_of_it = ((f"r-{place}", LABELS[letter]) for place, letter in enumerate(unit) if letter != ".")
        told += [said(0, reviewer, label, claim_id=f"c-{number}") for reviewer, label in said_of_it]
    return told


def test_what_the_release_is() -> None:
    found = written(claim(0))
    assert found["format"] == "claimset"
    assert (found["number"], found["parent"]["number"]) == (3, 2)
    assert found["rules"] == {"blind": True, "four_eyes": True, "labels_per_claim": 2}
    assert found["frozen_at"] == "2026-11-22T12:00:00Z"
    assert found["codebooks"] == [{"version": "1.0.0", "language": "de"}]
    assert found["files"] == FILES
    assert "type" not in found


def test_counts() -> None:
    told = [*twelve_units(), {"type": "evidence"}, {"type": "decision"}]
    assert written(*told)["counts"] == {
        "changes": None,
        "withdrawn": 0,
        "articles": 1,
        "claims": 12,
        "verified": 11,
        "labels": 31,
        "evidence": 1,
        "decisions": 1,
        "status": {"agreed": 1, "verified": 11},
    }


def test_agreement_is_that_of_the_labels_in_the_release() -> None:
    figures = written(*twelve_units())["agreement"]
    assert figures["label"]["alpha"] == pytest.approx(0.604096, abs=5e-7)
    assert figures["label"]["ac1"] == pytest.approx(0.647778, abs=5e-7)
    assert figures["label"]["percent"] == pytest.approx(0.757576, abs=5e-7)
    assert figures["label"]["n_pairable"] == 11
    assert "seed 7" in figures["label"]["ci_method"]
    assert {name for pair in figures["label"]["pairwise"] for name in pair["reviewers"]} == {"r-0", "r-1", "r-2"}
    assert figures["by_codebook"] == {}


def test_labels_of_several_codebooks_are_also_told_apart() -> None:
    newer = {**CODEBOOK, "version": "2.0.0"}
    told = [claim(0), said(0, "r-1"), said(0, "r-2"), claim(1)]
    told += [said(1, name, label, codebook_version="2.0.0") for name, label in (("r-1", "opinion"), ("r-2", "unsure"))]
    head, *rest = lines(*told)
    _, content = manifest.write(findings([head, native.line(newer), *rest], seed=7), FILES)
    figures = json.loads(content)["agreement"]
    assert figures["by_codebook"]["1.0.0"]["label"]["n_labels"] == 2
    assert figures["by_codebook"]["2.0.0"]["label"]["n_abstained"] == 1
    assert figures["label"]["n_claims"] == 2


def test_without_variation_alpha_is_null_with_its_reason() -> None:
    figures = written(claim(0), said(0, "r-1"), said(0, "r-2"))["agreement"]["label"]
    assert figures["alpha"] is None
    assert figures["undefined_reason"]


def test_the_id_can_be_made_again_with_sed_and_sha256sum() -> None:
    release_id, content = manifest.write(findings(lines(claim(0)), seed=7), FILES)
    own = rb'(?m)^ "id": "rel-[0-9a-f]{32}"'
    assert len(re.findall(own, content)) == 1
    blank = re.sub(own, b' "id": "rel-' + b"0" * 32 + b'"', content)
    assert release_id == f"rel-{hashlib.sha256(blank).hexdigest()[:32]}"


def test_another_file_is_another_release() -> None:
    other = [{**FILES[0], "sha256": "ac" * 32}]
    assert written(claim(0))["id"] == written(claim(0))["id"]
    assert written(claim(0))["id"] != written(claim(0), files=other)["id"]
