"""claims.parquet and labels.parquet: the columns of the CSV files with their types and descriptions. Pure.

Compressed with Zstandard, in row groups of `ROWS`, each of which leaves before the next is made. Importing this takes
60 MB of memory, so only a worker does, and only once it builds.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from annotations.releases.formats.tables import CLAIM_COLUMNS, LABEL_COLUMNS, Column, Kind, claim_rows, label_rows

ROWS = 10_000
TYPES = {
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.int64(),
    Kind.TRUTH: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.TEXTS: pa.list_(pa.string()),
}


class _Sink:
    """A file that hands out what was written to it since it was last asked; all that Arrow asks of a file to write."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(self._pieces[-1])

    def flush(self) -> None:
        """Nothing waits here for anything but `taken`."""

    def taken(self) -> bytes:
        """What was written since the last call."""
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content


def claims(lines: Iterable[bytes]) -> Iterator[bytes]:
    """claims.parquet, from the lines of the native form."""
    return _table(CLAIM_COLUMNS, claim_rows(lines))


def labels(lines: Iterable[bytes]) -> Iterator[bytes]:
    """labels.parquet, from the lines of the native form."""
    return _table(LABEL_COLUMNS, label_rows(lines))


def _table(columns: Sequence[Column], rows: Iterator[list[Any]]) -> Iterator[bytes]:
    fields = [pa.field(one.name, TYPES[one.kind], metadata={"description": one.description}) for one in columns]
    schema = pa.schema(fields)
    sink = _Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while _wrote_group(writer, columns, rows):
            yield sink.taken()
    yield sink.taken()


def _wrote_group(writer: parquet.ParquetWriter, columns: Sequence[Column], rows: Iterator[list[Any]]) -> bool:
    """Write the next rows, if there are any, and let go of them."""
    group = list(islice(rows, ROWS))
    if group:
        cells = [_cells(column, values) for column, values in zip(columns, zip(*group, strict=True), strict=True)]
        writer.write_table(pa.table(cells, schema=writer.schema), row_group_size=ROWS)
    return bool(group)


def _cells(column: Column, values: Sequence[Any]) -> pa.Array:
    if column.kind is Kind.DATE:
        values = [value and date.fromisoformat(value[:10]) for value in values]
    return pa.array(values, TYPES[column.kind])
