"""A part of a long list, around one place of it, with the ways to the parts beside it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Beside(Generic[Item]):
    """A part beside: the numbers (from 1) of its first and last item, and the item nearest to here."""

    first: int
    last: int
    item: Item


@dataclass(frozen=True)
class Window(Generic[Item]):
    """The items of one part; `start` is the number (from 1) of the first."""

    items: Sequence[Item]
    start: int
    before: Beside[Item] | None
    after: Beside[Item] | None


def window_at(items: Sequence[Item], place: int, size: int) -> Window[Item]:
    """The part in which a place (from 0) lies, of parts of `size` items each."""
    start = place - place % size
    end = min(start + size, len(items))
    before = Beside(start - size + 1, start, items[start - 1]) if start else None
    after = Beside(end + 1, min(end + size, len(items)), items[end]) if end < len(items) else None
    return Window(items[start:end], start + 1, before, after)
