"""JSON written piece by piece, so that no document is ever held as a whole. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotations.releases.formats.native import Record


def array(items: Iterable[Any]) -> Iterator[bytes]:
    """A JSON array with each item on a line of its own."""
    return joined(map(orjson.dumps, items))


def joined(items: Iterable[bytes]) -> Iterator[bytes]:
    """The same, of items that are JSON already."""
    between = b"[\n"
    for item in items:
        yield between + item
        between = b",\n"
    yield b"[]" if between == b"[\n" else b"\n]"


def lines(items: Iterable[Record]) -> Iterator[bytes]:
    """JSON Lines: each item on a line that ends in LF."""
    for item in items:
        yield orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE)
