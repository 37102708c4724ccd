"""Fifteen saved pages in ten languages, of several builds and encodings, are read right, and alike each time."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.articles.languages import detect_language
from annotations.articles.normalisation import normalise
from annotations.extraction.documents import extract

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text("utf-8"))


def read(name: str) -> Any:
    return extract((PAGES / f"{name}.html").read_bytes(), "text/html")


def test_there_are_fifteen_in_at_least_five_languages() -> None:
    assert len(EXPECTED) == 15
    assert len({page["language"] for page in EXPECTED.values()}) >= 5


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_read_right(name: str) -> None:
    found, wanted = read(name), EXPECTED[name]
    assert found.title == wanted["title"]
    assert found.published_on == wanted["published_on"]
    assert found.author == wanted["author"]
    assert found.publisher == wanted["publisher"]
    assert detect_language(found.text) == wanted["language"]
    lines = found.text.split("\n")
    assert [line for line in lines if line in wanted["paragraphs"]] == wanted["paragraphs"], found.text
    assert [line for line in lines if line in wanted["headings"]] == wanted["headings"]
    assert not any(words in found.text for words in wanted["not"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_same_page_twice_gives_the_same_text(name: str) -> None:
    first, second = read(name), read(name)
    assert first == second
    assert normalise(first.text).text == first.text
