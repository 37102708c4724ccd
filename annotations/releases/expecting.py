"""What the pages read out of a release's files, looked for in files made elsewhere before they are taken in. Pure.

`verifying` says whether files are whole; this says whether they are such as this workbench writes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from annotations.articles.normalisation import storable
from annotations.messages import Message
from annotations.messages import gettext as _
from annotations.releases.verifying import MANIFEST, NATIVE

LARGEST_NUMBER = 2**31 - 1
LONGEST = {"title": 300, "license": 100}
FILTERED = ("status", "label", "articles")
# What reading JSON of another shape than expected can raise.
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError)


@dataclass(frozen=True)
class Expected:
    """A release by its manifest: what its row holds, and its files as `(name, media type, SHA-256, size)`."""

    public_id: str
    number: int
    parent: str | None
    title: str
    license: str
    filter: dict[str, list[str]]
    text_included: bool
    frozen_at: datetime
    claims: int
    files: list[tuple[str, str, str, int]]


class NotExpected(Exception):
    """A release whose files are whole, but not such as this workbench writes; `problem` says where."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


def expected(folder: Path, *, statuses: Collection[str], labels: Collection[str]) -> Expected:
    """The release in a folder whose files were verified; `statuses` and `labels` are those a claim can have.

    NotExpected names the file and the line that is of another shape.
    """
    try:
        told = orjson.loads((folder / MANIFEST).read_bytes())
        found = _of_manifest(told, statuses, labels)
    except MALFORMED as error:
        raise NotExpected(_("%(name)s is not of the form written here.", name=MANIFEST)) from error
    with (folder / NATIVE).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                _check_record(orjson.loads(line), first=number == 1, statuses=statuses, labels=labels)
            except MALFORMED as error:
                place = _("%(name)s, line %(line)s is not of the form written here.", name=NATIVE, line=number)
                raise NotExpected(place) from error
    return found


def _of_manifest(told: dict[str, Any], statuses: Collection[str], labels: Collection[str]) -> Expected:
    parent, chosen = told["parent"], told["filter"]
    files = [
        (_text(each["name"], 100), str(each["media_type"]), each["sha256"], each["size"]) for each in told["files"]
    ]
    _require(len({name for name, *_ in files}) == len(files) and NATIVE in {name for name, *_ in files})
    _require(type(told["number"]) is int and 1 <= told["number"] <= LARGEST_NUMBER)
    _require(set(chosen) <= set(FILTERED) and all(isinstance(each, list) for each in chosen.values()))
    _require(set(chosen.get("status", [])) <= set(statuses) and set(chosen.get("label", [])) <= set(labels))
    _require(all(isinstance(each, str) and storable(each) for values in chosen.values() for each in values))
    _check_figures(told, statuses)
    return Expected(
        public_id=told["id"],
        number=told["number"],
        parent=None if parent is None else _text(parent["id"], 64),
        title=_text(told["title"], LONGEST["title"]),
        license=_text(told["license"], LONGEST["license"]),
        filter=chosen,
        text_included=told.get("text_included", True) is True,
        frozen_at=_moment(told["frozen_at"]),
        claims=told["counts"]["claims"],
        files=files,
    )


def _check_figures(told: dict[str, Any], statuses: Collection[str]) -> None:
    counts, figures = told["counts"], told["agreement"]["label"]
    whole = [counts["claims"], counts["articles"], *counts["status"].values()]
    _require(set(counts["status"]) <= set(statuses) and all(type(value) is int for value in whole))
    _require(figures["alpha"] is None or isinstance(figures["alpha"], float | int))
    _require(figures["ci"] is None or [type(each) in (float, int) for each in figures["ci"]] == [True, True])
    _require(type(figures["n_pairable"]) is int and isinstance(figures["undefined_reason"], str | None))


def _check_record(record: dict[str, Any], *, first: bool, statuses: Collection[str], labels: Collection[str]) -> None:
    _require(isinstance(record["type"], str) and first == (record["type"] == "release"))
    if record["type"] == "claim":
        _require(record["status"] in statuses and record["label"]["value"] in (None, *labels))
        UUID(record["id"])


def _text(value: Any, longest: int) -> str:
    _require(isinstance(value, str) and 0 < len(value) <= longest and storable(value))
    return str(value)


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    _require(moment.tzinfo is not None)
    return moment


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError


def problems_told(found: dict[str, list[str]]) -> Iterator[str]:
    """The problems `verifying.examine` found, each with its file."""
    for name, problems in found.items():
        yield from (f"{name} {problem}" for problem in problems)
