"""Names that tell people of one release apart and tell nothing else. Pure."""

import hashlib
import hmac
from collections.abc import Iterable

SHORTEST = 8  # hexadecimal digits


def pseudonyms(key: bytes, people: Iterable[int]) -> dict[int, str]:
    """A name `r-` and hexadecimal digits for each person (by number), the same whenever `key` and people are.

    The digits are the head of HMAC-SHA256 of the number under the release's secret key: without it nobody can go from
    a name to a person, nor from a name in one release to one in another. Where two heads are equal, all are longer.
    """
    full = {person: hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest() for person in set(people)}
    digits = SHORTEST
    while len({name[:digits] for name in full.values()}) < len(full):
        digits += 1
    return {person: f"r-{name[:digits]}" for person, name in full.items()}
