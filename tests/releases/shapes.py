"""Records as a snapshot gives them, made by hand for tests of the pure modules."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from annotations.releases.formats import claims_csv, labels_csv, manifest, native
from annotations.releases.formats.findings import findings

TEXT = "Zur Lage 👩🏽‍🚒:\nقال الوزير إن q̃ gilt.\n=1+1 sagte niemand."
CLAIMS = ("قال الوزير إن q̃ gilt.", "=1+1 sagte niemand.")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()

RELEASE = {
    "type": "release",
    "format": "claimset",
    "format_version": "1.0",
    "number": 3,
    "parent": {"id": f"rel-{'a' * 32}", "number": 2},
    "title": f'A title with "id": "rel-{"0" * 32}" in it',
    "frozen_at": AT,
    "generator": {"name": "Fact-check Workbench"},
    "rules": {"blind": True, "four_eyes": True, "labels_per_claim": 2},
}
CODEBOOK = {"type": "codebook", "version": "1.0.0", "language": "de", "text": "…", "rules": []}
ARTICLE = {
    "type": "article",
    "id": "a-1",
    "url": "https://paper.example/1",
    "title": None,
    "publisher": "The Paper",
    "author": None,
    "published_on": date(2026, 5, 6),
    "language": "de",
    "text": TEXT,
    "version": {"n": 1, "sha256": SHA256, "length": len(TEXT), "captured_at": AT},
}


def check(aspect: str = "content", verdict: str = "supported", **more: Any) -> dict[str, Any]:
    given = {"aspect": aspect, "verdict": verdict, "explanation": f"On {aspect}.", "as_of": date(2026, 11, 1)}
    return {**given, "proposed_by": "r-1", "approved_by": ["r-2"], "status": "verified", "evidence": [], **more}


def claim(number: int, **more: Any) -> dict[str, Any]:
    exact = CLAIMS[number]
    start = TEXT.index(exact)
    end = start + len(exact)
    anchor = {"start": start, "end": end, "exact": exact, "prefix": TEXT[:start][-32:], "suffix": TEXT[end:][:32]}
    return {
        "type": "claim",
        "id": f"c-{number}",
        "article_id": "a-1",
        "article_version": 1,
        "anchors": [anchor],
        "proposition": exact,
        "parts": [],
        "label": {"value": "verifiable_fact", "content_kind": None, "origin": "unanimous", "votes": {}},
        "attribution": None,
        "checks": [],
        "status": "verified",
        "verified": True,
        **more,
    }


def said(number: int, reviewer: str, label: str = "verifiable_fact", **more: Any) -> dict[str, Any]:
    return {
        "type": "label",
        "id": f"l-{number}-{reviewer}",
        "claim_id": f"c-{number}",
        "article_id": "a-1",
        "reviewer": reviewer,
        "blind": True,
        "label": label,
        "content_kind": None,
        "confidence": None,
        "rationale": None,
        "seconds": None,
        "codebook_version": "1.0.0",
        "created_at": AT,
        **more,
    }


def evidence(number: int, **more: Any) -> dict[str, Any]:
    """A source for a claim; ids are UUIDs, so that names made of them are valid."""
    return {
        "type": "evidence",
        "id": f"00000000-0000-7000-8000-0000000000e{number}",
        "claim_id": f"c-{number}",
        "aspect": "content",
        "part_id": None,
        "stance": "refutes",
        "tier": "primary",
        "source_id": f"00000000-0000-7000-8000-0000000000f{number}",
        "url": "https://records.example/minutes",
        "title": "Minutes",
        "publisher": None,
        "note": None,
        "quote": {"exact": "Niemand sagte das."},
        **more,
    }


def part(number: int, **more: Any) -> dict[str, Any]:
    """A part of a compound claim with an approved verdict."""
    given = {"id": f"00000000-0000-7000-8000-0000000000a{number}", "position": number, "proposition": f"Part {number}."}
    return {**given, **check(explanation=f"On part {number}."), "aspect": None, **more}


def lines(*told: dict[str, Any]) -> list[bytes]:
    """The lines of a native form of these records, below the release, its codebook and its article."""
    return [native.line(record) for record in (RELEASE, CODEBOOK, ARTICLE, *told)]


def folder(place: Path, *told: dict[str, Any]) -> Path:
    """A whole release of these records in a folder."""
    told = told or (claim(0), said(0, "r-1"), said(0, "r-2"), claim(1), said(1, "r-1"), said(1, "r-2", "opinion"))
    contents = lines(*told)
    files = {
        "claims.jsonl": b"".join(contents),
        "claims.csv": b"".join(claims_csv.write(contents)),
        "labels.csv": b"".join(labels_csv.write(contents)),
    }
    listed = [
        {"name": name, "media_type": "-", "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in files.items()
    ]
    _, files["manifest.json"] = manifest.write(findings(contents, seed=7), listed)
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content)
    return place
