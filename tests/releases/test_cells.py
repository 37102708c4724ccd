"""CSV that no spreadsheet runs, and that every CSV reader reads back."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.releases.formats.cells import FORMULA, cell, rows

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_be_a_formula_is_inert(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["1-1", "a=b", " =1", "", "'=1", "“=1”"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(("value", "text"), [(None, ""), (True, "true"), (False, "false"), (0, "0"), (41, "41")])
def test_values(value: Any, text: str) -> None:
    assert cell(value) == text


def test_lines_end_in_crlf_and_only_what_needs_quotes_has_them() -> None:
    given = [["plain", 'say "no"', "a,b", "line\nline", "line\r\nline", "ends\r"]]
    assert b"".join(rows(["h"] * 6, given)) == (
        b'h,h,h,h,h,h\r\nplain,"say ""no""","a,b","line\nline","line\r\nline","ends\r"\r\n'
    )


def test_without_rows_there_is_the_header() -> None:
    assert b"".join(rows(["a", "b"], [])) == b"a,b\r\n"


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_a_reader_finds_every_cell_again_and_none_is_a_formula(body: list[list[str]]) -> None:
    content = b"".join(rows(["one", "two"], body)).decode()
    read = list(csv.reader(io.StringIO(content, newline="")))
    assert read == [["one", "two"], *([cell(text) for text in row] for row in body)]
    assert not any(text.startswith(FORMULA) for row in read for text in row)
