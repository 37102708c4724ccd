"""Puts marks where they belong in the stored text: exactly, or aside with what stands there instead. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from annotations.articles.normalisation import OffsetMap, storable, stored_form
from annotations.claims.spans import Span, SpanError, find_quote, span_at
from annotations.claims.units import Offsets
from annotations.importing.outside import Aside, Document, Mark, Said, shown
from annotations.messages import gettext as _

MOST_MARKS = 20_000
"""Spans of one text; what is beyond is left aside."""

MOST_QUOTES = 2_000
"""Spans of one text that have a quote and no place; looking for each costs the length of the text."""

LONGEST_PROPOSITION = 5000
BOM = "\ufeff"


@dataclass
class Placed:
    """One claim to be: its span in the stored text, and what was said of it."""

    span: Span
    item: str
    kind: str = ""
    proposition: str = ""
    said: list[Said] = field(default_factory=list)
    settled: str = ""
    verdicts: list[str] = field(default_factory=list)


def placed(document: Document, stored: str) -> Iterator[Placed | Aside]:
    """The claims of a document in the text that is stored for it, one for each span, and every mark that has no place.

    Offsets are those of the text as the document has it, or of the stored one where it has none.
    """
    places = _Places(document, stored)
    found: dict[tuple[int, int], Placed] = {}
    for mark in document.marks[:MOST_MARKS]:
        try:
            span = places.span(mark)
        except SpanError as error:
            yield Aside(mark.item, error.message)
            continue
        if isinstance(span, Aside):
            yield span
            continue
        claim = found.setdefault((span.start, span.end), Placed(span, mark.item, mark.kind, _proposition(mark)))
        claim.said += mark.said
        claim.verdicts += mark.verdicts
        claim.settled = claim.settled or mark.settled
    if len(document.marks) > MOST_MARKS:
        told = _(
            "One text takes %(most)s spans at once: what is beyond of these %(count)s is left aside.",
            most=MOST_MARKS,
            count=len(document.marks),
        )
        yield Aside(document.item, told)
    yield from found.values()


class _Places:
    """Looks places of one text up; a table is made when the first offset needs it."""

    def __init__(self, document: Document, stored: str) -> None:
        self._received = document.text
        self._unit, self._stored = document.unit, stored
        self._quotes = 0

    @cached_property
    def _offsets(self) -> Offsets:
        return Offsets(self._stored if self._received is None else self._received, self._unit)

    @cached_property
    def _map(self) -> OffsetMap | None:
        """None where offsets are of the stored text itself."""
        return None if self._received is None else OffsetMap(self._received)

    def span(self, mark: Mark) -> Span | Aside:
        """Where a mark lies in the stored text; SpanError where no such span can be."""
        exact = mark.exact
        if mark.start == 0 and (self._received or "").startswith(BOM):
            exact = exact.removeprefix(BOM)  # which is no part of the stored text
        exact = stored_form(exact)
        if mark.start is None or mark.end is None:
            if not exact:
                return Aside(mark.item, _("It has neither a place nor a quote."))
            self._quotes += 1
            if self._quotes > MOST_QUOTES:
                told = _("One text takes %(most)s quotes without a place at once.", most=MOST_QUOTES)
                return Aside(mark.item, told)
            return find_quote(self._stored, exact, stored_form(mark.prefix), stored_form(mark.suffix))
        start, end = self._stored_place(mark.start), self._stored_place(mark.end)
        if start is None or end is None:
            at = mark.start if start is None else mark.end
            told = _("There is no place %(at)s in this text, or it lies inside a character.", at=at)
            return Aside(mark.item, told)
        span = span_at(self._stored, start, end)
        if exact and span.exact != exact:
            told = _(
                "At %(start)s to %(end)s stands “%(found)s”, not “%(exact)s”.",
                start=mark.start,
                end=mark.end,
                found=shown(span.exact),
                exact=shown(mark.exact),
            )
            return Aside(mark.item, told)
        return span

    def _stored_place(self, offset: int) -> int | None:
        received = self._offsets.code_point(offset)
        return received if received is None or self._map is None else self._map.map_offset(received)


def _proposition(mark: Mark) -> str:
    fits = storable(mark.proposition) and len(mark.proposition) <= LONGEST_PROPOSITION
    return stored_form(mark.proposition) if fits else ""
