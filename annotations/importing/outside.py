"""What every reader of another tool's file hands out: texts with marks, sources, and what is left aside. Pure."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from annotations.claims.units import Unit
from annotations.messages import Message

LONGEST_SHOWN = 80  # characters of somebody's file that a sentence repeats


@dataclass(frozen=True)
class Said:
    """What one annotator said of a span, in the words of their tool."""

    annotator: str
    name: str


@dataclass(frozen=True)
class Mark:
    """A span somebody marked: by `start` and `end` (end exclusive, in the document's unit), or by its words alone.

    `exact` is the quote the file gives ("" where it gives none), `settled` the label on which its people agreed.
    """

    item: str
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    kind: str = ""
    proposition: str = ""
    said: tuple[Said, ...] = ()
    settled: str = ""
    verdicts: tuple[str, ...] = ()


@dataclass
class Document:
    """One text with its marks; without `text` it is one that the project has, known by its id, hash or an address."""

    item: str
    text: str | None = None
    id: str = ""
    sha256: str = ""
    addresses: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)
    unit: Unit = Unit.CODE_POINT
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class OutsideSource:
    """A document that speaks of a claim, such as a fact-check published elsewhere; `known` are a source's fields."""

    item: str
    known: dict[str, str]


@dataclass(frozen=True)
class Aside:
    """Something of the file that is not brought in, and why; `item` is its line or id."""

    item: str
    detail: Message


Read = Document | OutsideSource | Aside
Reader = Callable[[bytes], Iterator[Read]]


class Unreadable(Exception):
    """A file that is not of the form it should be of, as a whole."""

    def __init__(self, detail: Message) -> None:
        super().__init__(detail)
        self.detail = detail


def shown(value: Any) -> str:
    """Something out of a file as a sentence may repeat it: short, and without what no table or page can hold."""
    text = value if isinstance(value, str) else repr(value)
    plain = "".join("�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[: LONGEST_SHOWN + 1])
    return f"{plain[:LONGEST_SHOWN]}…" if len(plain) > LONGEST_SHOWN else plain


def in_unit(read: Read, unit: Unit) -> Read:
    """The same with offsets that count something else than the format says."""
    return replace(read, unit=unit) if isinstance(read, Document) else read
