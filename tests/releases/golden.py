"""A small release with everything in it that files have to tell, and how each file of text tells it.

`python -m tests.releases.golden` writes tests/golden/forms anew; read the difference before it is committed.
"""

from pathlib import Path
from typing import Any

from annotations.releases.formats import (
    averitec,
    claimreview,
    claims_json,
    doccano,
    factchecktools,
    hf,
    labelstudio,
    native,
    tsv,
    webannotation,
)
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, check, claim, evidence, part, said

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "forms"
ID = "00000000-0000-7000-8000-00000000000"
WRITERS = {
    "averitec.json": averitec.write,
    "claims.json": claims_json.write,
    "claims.tsv": tsv.claims,
    "doccano.jsonl": doccano.write,
    "hf.jsonl": hf.write,
    "labels.tsv": tsv.labels,
    "labelstudio.json": labelstudio.write,
    "labelstudio_config.xml": labelstudio.config,
    "webannotation.jsonld": webannotation.write,
}


PUBLIC_WRITERS = {
    "claimreview.jsonld": claimreview.write,
    "factchecktools_page.json": factchecktools.write,
}
PUBLIC = {"url": f"https://desk.example/public/releases/{ID}0/", "publisher": "The desk"}


def lines(public: dict[str, str] | None = None) -> list[bytes]:
    """A release of two articles: a compound claim, a quoted one, one without a settled label, one without labels."""
    attribution = {"source_name": "@minister", "source_role": "Minister", "mode": "indirect"}
    quoted = {"value": "attributed_statement", "content_kind": "fact", "origin": "adjudicated", "votes": {"opinion": 1}}
    nothing = {"value": None, "content_kind": None, "origin": None, "votes": {"opinion": 1, "unsure": 1}}
    parts = [part(0), part(1, verdict="refuted", explanation="=1+1")]
    other = {**ARTICLE, "id": f"{ID}8", "url": None, "publisher": None, "published_on": None}
    told: list[dict[str, Any]] = [
        {**RELEASE, **({"public": public, "license": "CC-BY-4.0"} if public else {})},
        CODEBOOK,
        {**ARTICLE, "id": f"{ID}9"},
        claim(0, id=f"{ID}0", checks=[check(verdict="mixed", proposed_by=None)], parts=parts),
        evidence(0, part_id=parts[1]["id"]),
        *(said(0, "r-1", seconds=12, confidence=4), said(0, "r-2", rationale="tab\there")),
        claim(1, id=f"{ID}1", label=nothing, status="disputed", verified=False),
        *(said(1, "r-1", "opinion"), said(1, "r-2", "unsure")),
        other,
        claim(0, id=f"{ID}2", label=quoted, attribution=attribution, checks=[check("attribution", "accurate")]),
        evidence(2, aspect="attribution", url=None, quote=None, note="Heard at 12:40."),
        said(2, "r-3", "attributed_statement", content_kind="fact"),
        {"type": "decision", "id": "d-1", "adjudicator": "r-4", "reason": "The verb is the paper's."},
        claim(1, id=f"{ID}3"),
    ]
    return list(map(native.line, told))


def main() -> None:
    """Write every file anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in WRITERS.items():
        (FOLDER / name).write_bytes(b"".join(write(lines())))
    for name, write in PUBLIC_WRITERS.items():
        (FOLDER / name).write_bytes(b"".join(write(lines(PUBLIC))))


if __name__ == "__main__":
    main()
