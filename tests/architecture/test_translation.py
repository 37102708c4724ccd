"""Arabic is whole: every sentence of the code and the pages is translated, with its placeholders, and compiled.

Collecting is done by Django's own command, as `make messages` runs it, in a copy.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = Path("locale/ar/LC_MESSAGES")
ENTRY = re.compile(r"\n\n(?=(?:#[^\n]*\n)*msg)")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the catalogue as it is when the words of today have been collected."""
    copy = tmp_path_factory.mktemp("words") / "annotations"
    shutil.copytree(ROOT / "annotations", copy, ignore=shutil.ignore_patterns("__pycache__", "static", "migrations"))
    run = [sys.executable, str(ROOT / "manage.py"), "makemessages", "--locale", "ar", "--no-wrap", "--no-obsolete"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([*run, "--no-location"], cwd=copy, env=environment, check=True, capture_output=True)
    return copy / CATALOGUE


def test_every_sentence_is_in_the_catalogue_and_none_that_is_gone(collected: Path) -> None:
    then, now = (_sentences(folder / "django.po") for folder in (ROOT / "annotations" / CATALOGUE, collected))
    assert now - then == set(), "run make messages, and translate these"
    assert then - now == set(), "run make messages: these are not in the code any more"


def test_every_sentence_is_translated(collected: Path) -> None:
    entries = ENTRY.split((collected / "django.po").read_text(encoding="utf-8"))[1:]
    wanting = [entry for entry in entries if re.search(r'^msgstr(?:\[\d\])? ""\n?$(?!\n")', entry, re.MULTILINE)]
    assert wanting == []
    assert [entry for entry in entries if "#, fuzzy" in entry] == []


def test_placeholders_are_those_of_the_sentence_and_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    catalogue, compiled = ROOT / "annotations" / CATALOGUE / "django.po", tmp_path / "django.mo"
    run = ["msgfmt", "--check", "--output-file", compiled, catalogue]
    checked = subprocess.run(run, check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    for entry in ENTRY.split(catalogue.read_text(encoding="utf-8"))[1:]:
        said, *translated = re.split(r"^msgstr(?:\[\d\])? ", entry, flags=re.MULTILINE)
        for one in translated:
            assert set(re.findall(r"\{\w+\}", one)) <= set(re.findall(r"\{\w+\}", said)), entry
    assert catalogue.with_suffix(".mo").read_bytes() == compiled.read_bytes(), "run make messages"


def _sentences(catalogue: Path) -> set[str]:
    """The msgids of a catalogue, with their contexts and plurals."""
    entries = ENTRY.split(catalogue.read_text(encoding="utf-8"))[1:]
    return {"\n".join(line for line in entry.split("\nmsgstr")[0].splitlines() if line[0] != "#") for entry in entries}
