"""Names that tell people of one release apart, and rows that lead to nobody in another. Pure."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

SHORTEST = 8  # hexadecimal digits
ROW_DIGITS = 24


def pseudonyms(key: bytes, people: Iterable[int]) -> dict[int, str]:
    """A name `r-` and hexadecimal digits for each person (by number), the same whenever `key` and people are.

    The digits are the head of HMAC-SHA256 of the number under the release's secret key: without it nobody can go from
    a name to a person, nor by the name from one release to another; what people said may still give them away to those
    who compare releases with the same claims. Where two heads are equal, all are longer.
    """
    full = {person: hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest() for person in set(people)}
    digits = SHORTEST
    while len({name[:digits] for name in full.values()}) < len(full):
        digits += 1
    return {person: f"r-{name[:digits]}" for person, name in full.items()}


def renamed(key: bytes, kind: str, id: UUID) -> str:
    """The id of a label or decision in one release: its own would be the same in every one, and so join the names."""
    return f"{kind[0]}-{hmac.new(key, f'{kind} {id}'.encode(), hashlib.sha256).hexdigest()[:ROW_DIGITS]}"
