"""Where in the article an attribution finds its parts: the spans of source, cue and content. Pure.

They stand in the attribution as `spans: {source: {start, end}, …}`, in code points of the article. A source or a cue
may stand in an earlier sentence than the claim, so a span is held against the whole article.
"""

from collections.abc import Mapping
from typing import Any

from annotations.messages import gettext as _
from annotations.messages import ngettext

PARTS = ("source", "cue", "content")
SPANS = "spans"


class PlaceError(ValueError):
    """Something that is no set of spans; `errors` has a sentence for each part that is wrong."""

    def __init__(self, errors: dict[str, list[str]] | str) -> None:
        super().__init__(errors)
        self.errors = errors


def checked_spans(given: Any) -> dict[str, dict[str, int]]:
    """The spans as stored, in the order of `PARTS`; a part that is null has none. PlaceError otherwise."""
    if not isinstance(given, dict):
        raise PlaceError(_("Send an object with spans of %(parts)s.", parts=", ".join(PARTS)))
    unknown = _("There is no such part. There are %(parts)s.", parts=", ".join(PARTS))
    wrong = _("Send start and end in code points of the article, start before end.")
    errors: dict[str, list[str]] = {name: [unknown] for name in given if name not in PARTS}
    errors |= {name: [wrong] for name in _wrong(given)}
    if errors:
        raise PlaceError(errors)
    return {name: {"start": given[name]["start"], "end": given[name]["end"]} for name in PARTS if given.get(name)}


def _wrong(given: Mapping[str, Any]) -> list[str]:
    return [name for name in PARTS if given.get(name) is not None and not _is_span(given[name])]


def _is_span(span: Any) -> bool:
    if not isinstance(span, dict) or set(span) != {"start", "end"}:
        return False
    start, end = span["start"], span["end"]
    return type(start) is int and type(end) is int and 0 <= start < end


def misplaced(attribution: Mapping[str, Any] | None, length: int) -> dict[str, list[str]]:
    """The spans that reach beyond an article of `length` code points, a sentence by field."""
    return {
        f"attribution.{SPANS}.{name}": [
            ngettext(
                "The article has %(n)s code point; this ends at %(end)s.",
                "The article has %(n)s code points; this ends at %(end)s.",
                length,
                end=span["end"],
            )
        ]
        for name, span in spans_of(attribution).items()
        if span["end"] > length
    }


def spans_of(attribution: Mapping[str, Any] | None) -> dict[str, dict[str, int]]:
    """The spans of an attribution, in the order of `PARTS`."""
    spans = (attribution or {}).get(SPANS) or {}
    return {name: spans[name] for name in PARTS if name in spans}


def unplaced(attribution: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an attribution says, without where it stands in the text."""
    return {name: value for name, value in (attribution or {}).items() if name != SPANS}


def common_spans(attributions: list[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """The spans that everybody who gave one of that part gave alike."""
    given = [spans_of(attribution) for attribution in attributions]
    found = {}
    for name in PARTS:
        places = [spans[name] for spans in given if name in spans]
        if places and all(place == places[0] for place in places):
            found[name] = places[0]
    return found
