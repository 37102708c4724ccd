"""What an article shows once labelling is over, and to those who only read: settled labels and how claims stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.wording import LABEL_WORDS, STATUS_WORDS
from annotations.labelling.room import Seat
from annotations.labelling.textmap import text_map

UNSETTLED = "none"
FOUND = {**LABEL_WORDS, UNSETTLED: _("not settled")}


@dataclass(frozen=True)
class Choice:
    """One value to filter by, and how many claims have it."""

    value: str
    word: str | Promise
    count: int


@dataclass(frozen=True)
class Filters:
    """What the address asks for; values that are none are ignored."""

    status: str = ""
    label: str = ""

    @classmethod
    def asked(cls, query: Any) -> "Filters":
        """From the query of the address."""
        status, label = query.get("status", ""), query.get("label", "")
        return cls(status if status in STATUS_WORDS else "", label if label in FOUND else "")

    def keep(self, seats: Sequence[Seat]) -> list[Seat]:
        """The claims asked for."""
        return [
            seat
            for seat in seats
            if self.status in ("", seat.claim.status) and self.label in ("", seat.claim.label or UNSETTLED)
        ]


def choices(values: Sequence[str], words: Mapping[str, str | Promise]) -> list[Choice]:
    """The values there are, in the product's order, with their counts."""
    return [Choice(value, words[value], values.count(value)) for value in words if value in values]


def reading_context(seats: Sequence[Seat], filters: Filters, length: int) -> dict[str, Any]:
    """The claims that the filters keep, the values to filter by, where the claims lie in a text of this length, and
    what the page's script draws."""
    kept = filters.keep(seats)
    drawn = text_map([(seat.claim.start, seat.claim.end) for seat in kept], length)
    return {
        "seats": kept,
        "map": drawn,
        "lying": list(zip(kept, drawn.places, strict=True)),
        "total": len(seats),
        "filters": filters,
        "statuses": choices([seat.claim.status for seat in seats], STATUS_WORDS),
        "labels": choices([seat.claim.label or UNSETTLED for seat in seats], FOUND),
        "data": [
            {
                "id": str(seat.id),
                "start": seat.claim.start,
                "end": seat.claim.end,
                "label": seat.claim.label,
                "number": seat.number,
            }
            for seat in kept
        ],
    }
