"""claims.parquet and labels.parquet hold the rows of the CSV files with their types, a row group at a time."""

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet as arrow

from annotations.releases.formats import parquet, tables
from tests.releases.shapes import CLAIMS, check, claim, evidence, lines, said

ROOT = Path(__file__).resolve().parents[2]


def read(pieces: Iterator[bytes]) -> Any:
    return arrow.ParquetFile(io.BytesIO(b"".join(pieces)))


def test_a_claim_stands_in_its_row_with_types() -> None:
    told = lines(claim(0, checks=[check()]), evidence(0), said(0, "r-1"), claim(1))
    first, second = read(parquet.claims(told)).read().to_pylist()
    assert list(first) == [column.name for column in tables.CLAIM_COLUMNS]
    assert (first["exact"], first["n_labels"], first["as_of"]) == (CLAIMS[0], 1, date(2026, 11, 1))
    assert first["evidence_urls"] == ["https://records.example/minutes"]
    assert second["exact"] == "=1+1 sagte niemand.", "no spreadsheet reads this: it stays as it is"
    assert (second["content_verdict"], second["as_of"], second["evidence_urls"]) == (None, None, [])


def test_a_label_stands_in_its_row_with_types() -> None:
    [row] = read(parquet.labels(lines(claim(0), said(0, "r-1", confidence=4)))).read().to_pylist()
    assert list(row) == [column.name for column in tables.LABEL_COLUMNS]
    assert (row["reviewer"], row["blind"], row["confidence"]) == ("r-1", True, 4)
    assert row["created_at"] == date(2026, 11, 22)


@pytest.mark.parametrize("table", ["claims", "labels"])
def test_the_schema_is_the_same_with_and_without_rows_and_describes_every_column(table: str) -> None:
    write = getattr(parquet, table)
    empty, full = read(write(lines())), read(write(lines(claim(0), said(0, "r-1"))))
    assert empty.schema_arrow.equals(full.schema_arrow, check_metadata=True)
    assert empty.metadata.num_rows == 0
    assert all(field.metadata[b"description"] for field in full.schema_arrow)
    assert {full.metadata.row_group(0).column(n).compression for n in range(full.metadata.num_columns)} == {"ZSTD"}


def test_row_groups_are_bounded_and_leave_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 3)
    taken = 0

    def watched() -> Iterator[bytes]:
        nonlocal taken
        for line in lines(*(claim(0, id=f"c-{number}") for number in range(10))):
            taken += 1
            yield line

    pieces = parquet.claims(watched())
    first = next(pieces)
    assert first.startswith(b"PAR1")
    assert taken < 10
    file = read(iter([first, *pieces]))
    assert [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)] == [3, 3, 3, 1]
    assert [row["claim_id"] for row in file.read().to_pylist()] == [f"c-{number}" for number in range(10)]


@pytest.mark.parametrize("process", ["workbench.asgi", "annotations.releases.tasks"])
def test_no_process_loads_arrow_before_it_builds(process: str) -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'workbench.settings'\nimport django; django.setup()\n"
    )
    code += f"import {process}\nfrom django.urls import get_resolver; get_resolver().url_patterns\n"
    code += "sys.exit('pyarrow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
