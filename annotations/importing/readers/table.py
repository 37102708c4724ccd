"""A table of spans (CSV, RFC 4180): a row for each label, with the text or the article's id or hash in it.

Columns: `text` or `article_id` or `sha256` or `url`; `start` and `end`, or `exact` (with `prefix` and `suffix`) alone;
and, where they are known, `label`, `reviewer`, `proposition` and where the text comes from.
"""

import csv
import io
from collections.abc import Iterator

from annotations.importing.outside import Aside, Document, Mark, Read, Said, Unreadable, shown
from annotations.importing.parsing import number, text_of
from annotations.messages import gettext as _

LONGEST_CELL = 16 * 1024 * 1024
WHICH = ("text", "article_id", "sha256", "url")
KNOWN = ("title", "url", "publisher", "author", "published_on", "language")

Row = dict[str, str]


def read(body: bytes) -> Iterator[Read]:
    """The rows of each text as one document."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.DictReader(io.StringIO(text_of(body), newline=""))
    documents: dict[tuple[str, ...], Document] = {}
    try:
        names = set(rows.fieldnames or ())
        if not names & set(WHICH) or not ({"start", "end"} <= names or "exact" in names):
            raise Unreadable(
                _("The first row has to name the columns: text or article_id, and start and end or exact.")
            )
        while (row := next(rows, None)) is not None:
            read_row = {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}
            yield from _row(f"line {rows.line_num}", read_row, documents)
    except csv.Error as error:
        told = _("This line and what follows cannot be read: %(why)s.", why=shown(str(error)))
        yield Aside(f"line {rows.line_num}", told)
    yield from documents.values()


def _row(item: str, row: Row, documents: dict[tuple[str, ...], Document]) -> Iterator[Aside]:
    key = tuple(row.get(name, "") for name in WHICH)
    if not any(key):
        yield Aside(item, _("This row does not say which text it is about."))
        return
    start, end = number(row.get("start")), number(row.get("end"))
    if None in (start, end) and not row.get("exact"):
        yield Aside(item, _("This row has neither a span nor a quote."))
        return
    if key not in documents:
        known = {name: row[name] for name in KNOWN if row.get(name)}
        addresses = (row["url"],) if row.get("url") else ()
        documents[key] = Document(
            item, row.get("text") or None, row.get("article_id", ""), row.get("sha256", ""), addresses, known
        )
    said = (Said(row.get("reviewer") or "?", row["label"]),) if row.get("label") else ()
    exact, prefix, suffix, proposition = (row.get(name, "") for name in ("exact", "prefix", "suffix", "proposition"))
    mark = Mark(item, start, end, exact, prefix, suffix, proposition=proposition, said=said)
    documents[key].marks.append(mark)
