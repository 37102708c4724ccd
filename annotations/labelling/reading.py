"""What an article shows once labelling is over, and to those who only read: settled labels and how claims stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.claims.models import LabelValue, Status
from annotations.labelling.room import Seat

UNSETTLED = "none"


@dataclass(frozen=True)
class Choice:
    """One value to filter by, and how many claims have it."""

    value: str
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
        known = [*LabelValue.values, UNSETTLED]
        return cls(status if status in Status.values else "", label if label in known else "")

    def keep(self, seats: Sequence[Seat]) -> list[Seat]:
        """The claims asked for."""
        return [
            seat
            for seat in seats
            if self.status in ("", seat.claim.status) and self.label in ("", seat.claim.label or UNSETTLED)
        ]


def choices(values: Sequence[str], order: Sequence[str]) -> list[Choice]:
    """The values there are, in the product's order, with their counts."""
    return [Choice(value, values.count(value)) for value in order if value in values]


def reading_context(seats: Sequence[Seat], filters: Filters) -> dict[str, Any]:
    """The claims that the filters keep, the values to filter by, and what the page's script draws."""
    kept = filters.keep(seats)
    return {
        "seats": kept,
        "total": len(seats),
        "filters": filters,
        "statuses": choices([seat.claim.status for seat in seats], Status.values),
        "labels": choices([seat.claim.label or UNSETTLED for seat in seats], [*LabelValue.values, UNSETTLED]),
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
