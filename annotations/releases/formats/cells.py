"""CSV as RFC 4180 has it: CRLF line ends, quotes only where a cell needs them, UTF-8 without a byte order mark. Pure.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets an
apostrophe in front; the native form has it as it was.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(header: Sequence[str], body: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The header and each row as bytes, with cells as `cell` makes them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in body:
        writer.writerow([cell(value) for value in row])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    if rest := out.getvalue():
        yield rest.encode()


def cell(value: Any) -> str:
    """The text of one cell, inert; nothing for None, `true` or `false`, texts of a list with a space between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
