"""claims.jsonl of a release: each article with its claims, and what people said of them.

A release as such, with everything it holds, is restored by its folder; here its texts and claims are used anew.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotations.importing.outside import Aside, Document, Mark, Read, Said
from annotations.importing.parsing import lines, mapping, number, sequence, word
from annotations.messages import gettext as _
from annotations.messages import ngettext

KNOWN = ("title", "url", "publisher", "author", "published_on", "language")
LEFT = ("codebook", "withdrawn", "evidence", "decision")


def read(body: bytes) -> Iterator[Read]:
    """Each article with its claims as a document."""
    told = _Told()
    left: Counter[str] = Counter()
    for place, row in lines(body):
        if isinstance(row, Aside):
            yield row
            continue
        kind = word(row.get("type"))
        if kind == "article":
            yield from told.ended()
            told.document = _document(place, row)
        elif told.document and kind in ("claim", "label"):
            told.add(_mark(place, row) if kind == "claim" else _said(row))
        elif kind in LEFT:
            left[kind] += 1
        elif kind != "release":
            yield Aside(place, _("This is no record of a release, or it does not follow its article."))
    yield from told.ended()
    yield from _aside(left)


class _Told:
    """The article that is being read, and the labels of its last claim."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self._mark: Mark | None = None
        self._said: list[Said] = []

    def add(self, told: Mark | Said) -> None:
        """Take a claim of the article in, or a label of its last claim."""
        if isinstance(told, Mark):
            self._keep()
            self._mark = told
        elif self._mark:
            self._said.append(told)

    def ended(self) -> Iterator[Document]:
        """The article with all its claims, where there is one."""
        self._keep()
        if self.document:
            yield self.document
        self.document = None

    def _keep(self) -> None:
        if self.document and self._mark:
            self.document.marks.append(replace(self._mark, said=tuple(self._said)))
        self._mark, self._said = None, []


def _said(row: dict[str, Any]) -> Said:
    return Said(word(row.get("reviewer")) or "?", word(row.get("label")))


def _document(place: str, row: dict[str, Any]) -> Document:
    version = mapping(row.get("version"))
    known = {name: row[name] for name in KNOWN if isinstance(row.get(name), str)}
    text = row.get("text")
    return Document(
        place,
        text if isinstance(text, str) else None,
        sha256=word(version.get("sha256")),
        addresses=(known["url"],) if known.get("url") else (),
        known=known,
    )


def _mark(place: str, row: dict[str, Any]) -> Mark:
    anchor = mapping(next(iter(sequence(row.get("anchors"))), None))
    checks = [mapping(check) for check in sequence(row.get("checks"))]
    return Mark(
        place,
        number(anchor.get("start")),
        number(anchor.get("end")),
        exact=word(anchor.get("exact")),
        kind=word(row.get("kind")),
        proposition=word(row.get("proposition")),
        settled=word(mapping(row.get("label")).get("value")),
        verdicts=tuple(word(check["verdict"]) for check in checks if word(check.get("verdict"))),
    )


def _aside(left: Counter[str]) -> Iterator[Aside]:
    for kind, count in sorted(left.items()):
        told = ngettext(
            "%(n)s record of kind %(kind)s: restore the release as a whole to keep it.",
            "%(n)s records of kind %(kind)s: restore the release as a whole to keep them.",
            count,
            kind=kind,
        )
        yield Aside("file", told)
