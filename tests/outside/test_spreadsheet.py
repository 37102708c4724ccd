"""A real spreadsheet program runs nothing that stands in a release's tables, and the native form has every letter."""

import csv
import io
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.releases.formats import claims_csv, native
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, claim

pytestmark = pytest.mark.soak

CELLS = 10_000
BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "=\t",
    "==",
    "'=",
    '"=',
    "=+",
    "-+",
    "@@",
    "\ufeff=",
    "＝",
    ";=",
    ",=",
)
RUNS = (
    "1+1",
    'HYPERLINK("http://127.0.0.1:9/","press")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("http://127.0.0.1:9/")',
    'DDE("soffice";"file";"A1")',
    "SUM(1;2)",
    '"quoted, "&A1',
    "A1\r\n=2+2",
    "مجموع(1)",
)


def hostile() -> Iterator[str]:
    """Words that somebody would like a spreadsheet to run; each is another."""
    rng = random.Random(4711)
    for number in range(CELLS):
        yield f"{rng.choice(BEGINNINGS)}{rng.choice(RUNS)} {number}".rstrip("0123456789 ") + f"+{number}"


def formulas(folder: Path, table: bytes) -> int:
    """How many cells of a CSV file LibreOffice takes for formulas."""
    (folder / "table.csv").write_bytes(table)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    # Commas, quotes, UTF-8, every column as it comes: what somebody gets who opens the file and presses Enter.
    reading = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
    command = ["soffice", "--headless", profile, reading, "--convert-to", "fods", "--outdir", folder, "table.csv"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return (folder / "table.fods").read_text(encoding="utf-8").count("table:formula=")


def test_ten_thousand_hostile_cells_start_no_formula(tmp_path: Path) -> None:
    words = list(hostile())
    assert len(set(words)) == CELLS
    told = [
        claim(0, id=f"c-{n}", proposition=words[2 * n], attribution={"source_name": words[2 * n + 1]})
        for n in range(CELLS // 2)
    ]
    lines = [native.line(record) for record in (RELEASE, CODEBOOK, ARTICLE, *told)]
    assert formulas(tmp_path, b"".join(claims_csv.write(lines))) == 0
    kept = [record for record in native.records(lines) if record["type"] == "claim"]
    assert [word for one in kept for word in (one["proposition"], one["attribution"]["source_name"])] == words


def test_the_program_would_run_them(tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([word] for word in hostile())
    assert formulas(tmp_path, out.getvalue().encode()) > CELLS / 10
