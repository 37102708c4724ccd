"""manifest.json: what a release is, how it came about, and the SHA-256 of every other file of it. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from annotations.agreement.ratings import Ratings
from annotations.agreement.report import Summary, summary
from annotations.releases.formats.native import Record, records
from annotations.releases.verifying import BLANK_ID, derived_id

LEFT_OUT = (
    "Claims that the filter does not choose; units in draft, claims open for labelling and void claims always.",
    "Label revisions that did not count when labelling of their claim closed.",
    "Names: whoever labelled, decided, proposed or approved appears under a pseudonym made for this release alone.",
    "Copies of sources: the addresses and quotes of evidence are given, not what stands there.",
)


def write(lines: Iterable[bytes], *, files: Sequence[Record], seed: int) -> tuple[str, bytes]:
    """The release's id and the file, from the lines of the native form.

    `files` are the others, each `{name, media_type, sha256, size}`; `seed` is that of the agreement figures' interval.
    The file is indented JSON with sorted keys; `verifying.derived_id` says how its `id` follows from its other bytes.
    """
    found = _Findings()
    for record in records(lines):
        found.add(record)
    manifest = {
        **{key: value for key, value in found.release.items() if key != "type"},
        "id": BLANK_ID,
        "codebooks": found.codebooks,
        "counts": {**found.counts, "status": dict(found.status)},
        "agreement": found.agreement(seed),
        "files": list(files),
        "left_out": LEFT_OUT,
    }
    blank = (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    release_id = derived_id(blank)
    return release_id, blank.replace(f'"id": "{BLANK_ID}"'.encode(), f'"id": "{release_id}"'.encode())


class _Findings:
    """What one pass over the records finds."""

    def __init__(self) -> None:
        self.release: Record = {}
        self.codebooks: list[Record] = []
        self.counts = {"articles": 0, "claims": 0, "verified": 0, "labels": 0, "evidence": 0, "decisions": 0}
        self.status: Counter[str] = Counter()
        self.marks: dict[str, list[tuple[str, str, str, str]]] = {}

    def add(self, record: Record) -> None:
        """Take one record in."""
        kind = record["type"]
        if kind == "release":
            self.release = record
        elif kind == "codebook":
            self.codebooks.append({name: record[name] for name in ("version", "language")})
            self.marks.setdefault(record["version"], [])
        else:
            self.counts[kind if kind == "evidence" else f"{kind}s"] += 1
        if kind == "claim":
            self.status[record["status"]] += 1
            self.counts["verified"] += record["verified"]
        elif kind == "label":
            mark = (record["claim_id"], record["article_id"], record["reviewer"], record["label"])
            self.marks[record["codebook_version"]].append(mark)

    def agreement(self, seed: int) -> dict[str, Any]:
        """The figures over all labels of the release, and apart where they were made under several codebooks."""
        apart = {version: _label_figures(marks, seed) for version, marks in self.marks.items()}
        whole = _label_figures([mark for marks in self.marks.values() for mark in marks], seed)
        return {**whole, "by_codebook": apart if len(apart) > 1 else {}}


def _label_figures(marks: Iterable[tuple[str, str, str, str]], seed: int) -> dict[str, Summary]:
    return {"label": summary(Ratings.of(marks), seed=seed)}
