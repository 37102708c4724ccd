"""What holds for every file of a release: its shape stays, its bytes vary with nothing, it says nothing of people."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.releases.formats import native
from annotations.releases.formats.catalogue import FORMS, PUBLIC_FORMS
from annotations.releases.formats.hf import FEATURES
from annotations.releases.formats.tables import CLAIM_COLUMNS, LABEL_COLUMNS
from tests.releases import golden
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, claim, evidence, said

ROOT = Path(__file__).resolve().parents[2]
EVERY = (*FORMS, *PUBLIC_FORMS)
DIGESTS = """
import hashlib, json, sys
from pathlib import Path
import django
django.setup()
from annotations.releases.formats.catalogue import FORMS, PUBLIC_FORMS
lines = Path(sys.argv[1]).read_bytes().splitlines(keepends=True)
digests = {form.name: hashlib.sha256(b"".join(form.write(lines))).hexdigest() for form in (*FORMS, *PUBLIC_FORMS)}
print(json.dumps(digests))
"""
ELSEWHERE = [
    {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Chatham", "LANG": "ar_EG.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"},
]


@pytest.mark.parametrize("name", golden.WRITERS)
def test_the_shape_is_the_one_written_down(name: str) -> None:
    written = b"".join(golden.WRITERS[name](golden.lines()))
    assert written == (golden.FOLDER / name).read_bytes(), "if it is meant: python -m tests.releases.golden"


@pytest.mark.parametrize("name", golden.PUBLIC_WRITERS)
def test_the_shape_of_what_names_public_pages_is_the_one_written_down(name: str) -> None:
    written = b"".join(golden.PUBLIC_WRITERS[name](golden.lines(golden.PUBLIC)))
    assert written == (golden.FOLDER / name).read_bytes(), "if it is meant: python -m tests.releases.golden"


def test_every_file_has_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b"".join(golden.lines(golden.PUBLIC)))
    here = {form.name: hashlib.sha256(b"".join(form.write(golden.lines(golden.PUBLIC)))).hexdigest() for form in EVERY}
    for place in ELSEWHERE:
        surroundings = {**os.environ, **place, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
        command = [sys.executable, "-c", DIGESTS, str(path)]
        done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == here


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.name)
def test_the_lines_may_be_read_again_and_give_the_same(form: object) -> None:
    lines = golden.lines(golden.PUBLIC)
    assert b"".join(form.write(lines)) == b"".join(form.write(Again(lines)))  # type: ignore[attr-defined]


def test_every_file_and_every_column_is_documented() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert [form.name for form in EVERY if f"`{form.name}`" not in page] == []
    for columns in (CLAIM_COLUMNS, LABEL_COLUMNS):
        rows = "".join(f"| `{column.name}` | {column.description} |\n" for column in columns)
        assert f"| column | what it is |\n|---|---|\n{rows}\n" in page
    told = re.findall(r"^\| (`.*?) \|", page.split("## hf.jsonl")[1], re.MULTILINE)
    assert {key for line in told for key in line.split(", ")} == {f"`{feature['name']}`" for feature in FEATURES}


class Again(list[bytes]):
    """Lines that are made anew each time, as those of a file are."""

    def __iter__(self) -> Iterator[bytes]:
        return (bytes(bytearray(line)) for line in super().__iter__())


class Many:
    """The lines of a release with many claims in articles of ten, made as they are asked for."""

    def __init__(self, articles: int) -> None:
        self.articles = articles

    def __iter__(self) -> Iterator[bytes]:
        yield from map(native.line, ({**RELEASE, "public": golden.PUBLIC, "license": "CC0-1.0"}, CODEBOOK))
        for number in range(self.articles):
            yield native.line({**ARTICLE, "id": f"a-{number}"})
            for place in range(10):
                id = f"00000000-0000-7000-8000-{number * 10 + place:012}"
                yield native.line(claim(0, id=id, article_id=f"a-{number}"))
                yield native.line(evidence(0, id=id.replace("7000", "7001")))
                yield native.line(said(0, "r-1", id=f"l-{number}-{place}", claim_id=id))


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.name)
def test_memory_does_not_grow_with_the_release(form: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def peak(articles: int) -> int:
        tracemalloc.start()
        for _ in form.write(Many(articles)):  # type: ignore[attr-defined]
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    if form.name.endswith(".parquet"):  # type: ignore[attr-defined]
        monkeypatch.setattr("annotations.releases.formats.parquet.ROWS", 200)
    peak(5)  # what is loaded once
    few, many = peak(20), peak(200)
    assert many < few + 100_000
