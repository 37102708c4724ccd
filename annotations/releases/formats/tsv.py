"""claims.tsv and labels.tsv: the columns of the CSV files, as `text/tab-separated-values` has them. Pure.

That type (registered with IANA) has no quotes and no tab within a cell. A tab, a line feed, a carriage return or a
backslash of a cell is therefore written as PostgreSQL's COPY and MySQL write it: \\t, \\n, \\r and \\\\. Lines end in
LF, an unknown value is an empty cell, and formulas are made inert as in CSV.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotations.releases.formats.cells import cell
from annotations.releases.formats.tables import CLAIM_COLUMNS, LABEL_COLUMNS, Column, claim_rows, label_rows

ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def claims(lines: Iterable[bytes]) -> Iterator[bytes]:
    """claims.tsv, from the lines of the native form."""
    return _table(CLAIM_COLUMNS, claim_rows(lines))


def labels(lines: Iterable[bytes]) -> Iterator[bytes]:
    """labels.tsv, from the lines of the native form."""
    return _table(LABEL_COLUMNS, label_rows(lines))


def _table(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    yield _line([column.name for column in columns])
    yield from map(_line, rows)


def _line(row: Sequence[Any]) -> bytes:
    return ("\t".join(cell(value).translate(ESCAPES) for value in row) + "\n").encode()
