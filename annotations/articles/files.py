"""Articles in files: text, documents, JSON lines and CSV, one item at a time. Pure: a file in, items out."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.articles.normalisation import TextRejected, decode
from annotations.extraction.documents import NothingExtracted, extract

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".warc", ".jsonl", ".csv")
DOCUMENTS = (".html", ".htm", ".pdf", ".docx", ".warc")
TOLD = ("title", "author", "publisher", "published_on", "url")
KNOWN = ("text", "title", "url", "publisher", "author", "published_on", "language")


@dataclass(frozen=True)
class Item:
    """One article of a file: where it stood, its fields, or why it could not be read."""

    name: str
    fields: dict[str, Any]
    problem: str = ""


def files_under(paths: list[Path]) -> list[Path]:
    """The files named, and those of a known ending below the folders named, in order of their names."""
    found: list[Path] = []
    for path in paths:
        below = sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS) if path.is_dir() else [path]
        found += below
    return found


def items_in(path: Path) -> Iterator[Item]:
    """Every article of one file; a file or row that cannot be read is an item with its problem."""
    readers = {".jsonl": _json_lines, ".csv": _csv, **dict.fromkeys(DOCUMENTS, _document)}
    try:
        body = path.read_bytes()
    except OSError as error:
        yield Item(str(path), {}, error.strerror or str(error))
        return
    try:
        yield from readers.get(path.suffix.lower(), _text)(str(path), body)
    except (TextRejected, NothingExtracted, csv.Error) as error:
        yield Item(str(path), {}, str(error))


def _text(name: str, body: bytes) -> Iterator[Item]:
    yield Item(name, {"text": decode(body)})


def _document(name: str, body: bytes) -> Iterator[Item]:
    found = extract(body, name=name)
    known = {field: value for field in TOLD if (value := getattr(found, field))}
    yield Item(name, {"text": found.text, **known})


def _json_lines(name: str, body: bytes) -> Iterator[Item]:
    for number, line in enumerate(decode(body).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Item(f"{name}:{number}", {}, f"This line is not JSON: {error}.")
            continue
        yield _row(f"{name}:{number}", row)


def _csv(name: str, body: bytes) -> Iterator[Item]:
    # An article can be longer than the 128 KiB that the csv module allows a field by itself.
    csv.field_size_limit(16 * 1024 * 1024)
    rows = csv.DictReader(io.StringIO(decode(body), newline=""))
    if "text" not in (rows.fieldnames or ()):
        yield Item(name, {}, "The first row has to name the columns, with one called text.")
        return
    for number, row in enumerate(rows, 2):
        yield _row(f"{name}:{number}", {key: value for key, value in row.items() if value})


def _row(name: str, row: Any) -> Item:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Item(name, {}, "An article needs a text.")
    unknown = sorted(str(key) for key in row if key not in KNOWN)
    if unknown:
        return Item(name, {}, f"Unknown: {', '.join(unknown)}. Known are {', '.join(KNOWN)}.")
    return Item(name, row)
