"""Places in a text and the words that stand there: exact, or refused. Pure.

Offsets are Unicode code points of the stored text, end exclusive, unless a name says UTF-16.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotations.messages import Message, Refusal, ngettext
from annotations.messages import gettext as _

CONTEXT = 32
"""Code points of text kept before and after a span."""

_MOST_PLACES_WEIGHED = 1_000


class SpanError(Refusal):
    """A span that is not there, or not clear.

    `code` is one of `bounds`, `empty`, `blank`, `not_found`, `ambiguous`, `half_character`. `count` is the number of
    places an ambiguous quote stands at (it is not counted beyond the first thousand), otherwise 0.
    """

    def __init__(self, code: str, message: Message, count: int = 0) -> None:
        super().__init__(code, message)
        self.count = count


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text; `exact` is always `text[start:end]`, with up to CONTEXT code points on either side."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def span_at(text: str, start: int, end: int) -> Span:
    """The span from `start` up to `end`; SpanError `bounds`, `empty` or `blank` where there is none."""
    if not 0 <= start <= len(text) or not 0 <= end <= len(text):
        raise SpanError("bounds", _outside(start, end, len(text)))
    if start >= end:
        raise SpanError("empty", _empty(start, end))
    exact = text[start:end]
    if exact.isspace():
        raise SpanError(
            "blank", _("The span %(start)s to %(end)s holds nothing but white space.", start=start, end=end)
        )
    return Span(start, end, exact, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find_quote(text: str, exact: str, prefix: str = "", suffix: str = "") -> Span:
    """The one place where `exact` stands; of several, the one that agrees with most of the context.

    `prefix` and `suffix` are what stands right before and after. SpanError `not_found`, or `ambiguous` when no
    place agrees better than all others: nothing is ever guessed. The quote is compared as it is, so that a
    caller who may hold one that is not NFC has to normalise it.
    """
    if not exact:
        raise SpanError("empty", _("The quote is empty."))
    whole = list(islice(_places(text, prefix + exact + suffix), 2))
    if len(whole) == 1:
        start = whole[0] + len(prefix)
        return span_at(text, start, start + len(exact))
    places = list(islice(_places(text, exact), _MOST_PLACES_WEIGHED + 1))
    if not places:
        raise SpanError("not_found", _("The quote does not stand in the text, character for character."))
    if len(places) > _MOST_PLACES_WEIGHED:
        raise _ambiguous(len(places))
    agreeing = [_agreement(text, start, start + len(exact), prefix, suffix) for start in places]
    most = max(agreeing)
    if agreeing.count(most) > 1:
        raise _ambiguous(len(places))
    start = places[agreeing.index(most)]
    return span_at(text, start, start + len(exact))


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at both its ends; SpanError as `span_at`."""
    span = span_at(text, start, end)
    left = len(span.exact) - len(span.exact.lstrip())
    return span_at(text, start + left, start + len(span.exact.rstrip()))


def merged(text: str, spans: Iterable[Span]) -> Span:
    """The span from the first start to the last end, with everything between; SpanError `empty` for no spans."""
    parts = list(spans)
    if not parts:
        raise SpanError("empty", _("There is nothing to merge."))
    return span_at(text, min(part.start for part in parts), max(part.end for part in parts))


def split(text: str, span: Span, at: int) -> tuple[Span, Span]:
    """The parts of `span` before and after the offset `at` of the text, both trimmed.

    SpanError `bounds` where `at` is not inside the span, `blank` where a part would hold only white space.
    """
    if not span.start < at < span.end:
        told = _("Position %(at)s is not inside the span %(start)s to %(end)s.", at=at, start=span.start, end=span.end)
        raise SpanError("bounds", told)
    return trimmed(text, span.start, at), trimmed(text, at, span.end)


def utf16_to_code_points(text: str, offset: int) -> int:
    """The code-point offset of an offset in UTF-16 code units (what a browser counts).

    SpanError `bounds` outside the text, `half_character` in the middle of a surrogate pair.
    """
    # As many code points hold at least as many code units, so the rest of the text need not be encoded.
    units = text[: max(0, offset)].encode("utf-16-le")
    if not 0 <= 2 * offset <= len(units):
        raise SpanError("bounds", _("Position %(at)s (UTF-16) lies outside the text.", at=offset))
    try:
        return len(units[: 2 * offset].decode("utf-16-le"))
    except UnicodeDecodeError as error:
        told = _("Position %(at)s (UTF-16) cuts a character in two.", at=offset)
        raise SpanError("half_character", told) from error


def code_points_to_utf16(text: str, offset: int) -> int:
    """The offset in UTF-16 code units of a code-point offset; SpanError `bounds` outside the text."""
    if not 0 <= offset <= len(text):
        told = _("Position %(at)s lies outside the text, which has %(length)s characters.", at=offset, length=len(text))
        raise SpanError("bounds", told)
    return len(text[:offset].encode("utf-16-le")) // 2


def stretches(length: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """A text of `length` code points cut wherever a span begins or ends, for drawing spans that overlap.

    Gives `(start, end, indexes)` from 0 to `length` without a gap; `indexes` are the positions in `spans`
    (pairs of start and end) of those that cover the stretch, the outermost first (by start, then the longest).
    Takes O(n log n) and what the answer itself takes. SpanError `bounds` or `empty` for a span that is none.
    """
    cuts: dict[int, tuple[list[int], list[int]]] = {0: ([], []), length: ([], [])}
    for index, (start, end) in enumerate(spans):
        if start < 0 or end > length:
            raise SpanError("bounds", _outside(start, end, length))
        if start >= end:
            raise SpanError("empty", _empty(start, end))
        cuts.setdefault(start, ([], []))[0].append(index)
        cuts.setdefault(end, ([], []))[1].append(index)
    answer: list[tuple[int, int, tuple[int, ...]]] = []
    covering: list[tuple[int, int, int]] = []
    before = 0
    for at in sorted(cuts):
        if at > before:
            answer.append((before, at, tuple(index for _, _, index in covering)))
        beginning, ending = cuts[at]
        if ending:
            ended = set(ending)
            covering = [each for each in covering if each[2] not in ended]
        for index in beginning:
            insort(covering, (spans[index][0], -spans[index][1], index))
        before = at
    return answer


def _places(text: str, quote: str) -> Iterator[int]:
    """Every offset at which `quote` stands, overlapping ones as well."""
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _agreement(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """How many characters of the context agree, counted outwards from the quote; at most CONTEXT on a side."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    return _common(reversed(before), reversed(prefix)) + _common(iter(after), iter(suffix))


def _common(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _ambiguous(count: int) -> SpanError:
    if count > _MOST_PLACES_WEIGHED:
        told = _("The quote stands at more than 1,000 places; give more of the text before or after it.")
    else:
        told = ngettext(
            "The quote stands at %(n)s place; give more of the text before or after it.",
            "The quote stands at %(n)s places; give more of the text before or after it.",
            count,
        )
    return SpanError("ambiguous", told, count)


def _outside(start: int, end: int, length: int) -> Message:
    return _(
        "The span %(start)s to %(end)s reaches outside the text, which has %(length)s characters.",
        start=start,
        end=end,
        length=length,
    )


def _empty(start: int, end: int) -> Message:
    return _("The span %(start)s to %(end)s is empty; its end must come after its start.", start=start, end=end)
