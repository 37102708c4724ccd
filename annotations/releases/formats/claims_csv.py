"""claims.csv: a row for each claim. Pure."""

from collections.abc import Iterable, Iterator

from annotations.releases.formats.cells import rows
from annotations.releases.formats.tables import CLAIM_COLUMNS, claim_rows

HEADER = tuple(column.name for column in CLAIM_COLUMNS)


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return rows(HEADER, claim_rows(lines))
