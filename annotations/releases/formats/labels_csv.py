"""labels.csv: a row for each counted label, reviewers under their pseudonyms. Pure."""

from collections.abc import Iterable, Iterator

from annotations.releases.formats.cells import rows
from annotations.releases.formats.tables import LABEL_COLUMNS, label_rows

HEADER = tuple(column.name for column in LABEL_COLUMNS)


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return rows(HEADER, label_rows(lines))
