"""What one pass over the records of a release finds, for the manifest and whatever describes the release. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annotations.agreement.ratings import Ratings
from annotations.agreement.report import Summary, summary
from annotations.releases.formats.native import Record, records

Mark = tuple[str, str, str, str]


@dataclass(frozen=True)
class Findings:
    """A release in figures.

    `release` is its first record; `codebooks` are `{version, language}`; `counts` are those of the records by kind,
    with `verified` claims, a count for each `status`, and `changes` since the release before (`added`, `changed`,
    `same`; null where there is none to compare with); `agreement` has the figures over all labels under `label`,
    and apart under `by_codebook` where they were made under several codebooks; `languages` are those of the articles.
    """

    release: Record
    codebooks: list[Record]
    counts: dict[str, Any]
    agreement: dict[str, Any]
    languages: list[str]


def findings(lines: Iterable[bytes], *, seed: int) -> Findings:
    """The findings from the lines of the native form; `seed` is that of the agreement figures' interval."""
    tally = _Tally()
    for record in records(lines):
        tally.add(record)
    changes = {name: tally.changes[name] for name in ("added", "changed", "same")}
    compared = not tally.changes[None]
    counts = {**tally.counts, "status": dict(tally.status), "changes": changes if compared else None}
    return Findings(tally.release, tally.codebooks, counts, tally.agreement(seed), sorted(tally.languages))


class _Tally:
    """What has been found so far."""

    def __init__(self) -> None:
        self.release: Record = {}
        self.codebooks: list[Record] = []
        self.counts = {"articles": 0, "claims": 0, "verified": 0, "labels": 0, "evidence": 0, "decisions": 0}
        self.counts["withdrawn"] = 0
        self.status: Counter[str] = Counter()
        self.changes: Counter[str | None] = Counter()
        self.languages: set[str] = set()
        self.marks: dict[str, list[Mark]] = {}

    def add(self, record: Record) -> None:
        """Take one record in."""
        kind = record["type"]
        if kind == "release":
            self.release = record
        elif kind == "codebook":
            self.codebooks.append({name: record[name] for name in ("version", "language")})
            self.marks.setdefault(record["version"], [])
        else:
            self.counts[kind if kind in ("evidence", "withdrawn") else f"{kind}s"] += 1
        if kind == "article" and record.get("language"):
            self.languages.add(record["language"])
        elif kind == "claim":
            self.status[record["status"]] += 1
            self.counts["verified"] += record["verified"]
            self.changes[record.get("change")] += 1
        elif kind == "label":
            mark = (record["claim_id"], record["article_id"], record["reviewer"], record["label"])
            self.marks[record["codebook_version"]].append(mark)

    def agreement(self, seed: int) -> dict[str, Any]:
        """The figures over all labels of the release, and apart where they were made under several codebooks."""
        apart = {version: _label_figures(marks, seed) for version, marks in self.marks.items()}
        whole = _label_figures([mark for marks in self.marks.values() for mark in marks], seed)
        return {**whole, "by_codebook": apart if len(apart) > 1 else {}}


def _label_figures(marks: Iterable[Mark], seed: int) -> dict[str, Summary]:
    return {"label": summary(Ratings.of(marks), seed=seed)}
