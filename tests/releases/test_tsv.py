"""claims.tsv and labels.tsv hold the rows of the CSV files with one line each."""

import csv
import io
import re
from typing import Any

import pytest

from annotations.releases.formats import claims_csv, labels_csv, tsv
from annotations.releases.formats.cells import FORMULA
from tests.releases.shapes import check, claim, lines, said

HOSTILE = '=cmd|\t"quoted", said\r\nwho\\ never\tended\n'


def told() -> list[bytes]:
    return lines(claim(0, proposition=HOSTILE, checks=[check(explanation=HOSTILE)]), said(0, "r-1"), claim(1))


def unescaped(cell: str) -> str:
    letters = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda found: letters[found[1]], cell)


@pytest.mark.parametrize(("table", "twin"), [(tsv.claims, claims_csv.write), (tsv.labels, labels_csv.write)])
def test_it_says_what_the_csv_says(table: Any, twin: Any) -> None:
    written = b"".join(table(told())).decode()
    assert written.endswith("\n")
    rows = [[unescaped(cell) for cell in line.split("\t")] for line in written[:-1].split("\n")]
    assert rows == list(csv.reader(io.StringIO(b"".join(twin(told())).decode(), newline="")))


def test_no_cell_breaks_its_line_or_starts_a_formula() -> None:
    written = b"".join(tsv.claims(told())).decode()
    header, *rows = written.splitlines()
    assert len(rows) == 2
    cells = [line.split("\t") for line in rows]
    assert {len(row) for row in cells} == {len(header.split("\t"))}
    assert not any(cell.startswith(FORMULA) for row in cells for cell in row)
    assert cells[0][header.split("\t").index("proposition")] == (
        '\'=cmd|\\t"quoted", said\\r\\nwho\\\\ never\\tended\\n'
    )


def test_without_claims_there_are_the_headers() -> None:
    assert b"".join(tsv.claims(lines())).decode() == "\t".join(claims_csv.HEADER) + "\n"
    assert b"".join(tsv.labels(lines())).decode() == "\t".join(labels_csv.HEADER) + "\n"
