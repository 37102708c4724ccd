"""doccano's JSONL of sequence labelling: a text on each line, offsets in code points.

Spans stand in `label` or `labels` as `[start, end, name]`, or in `entities` as `{start_offset, end_offset, label}`.
Shape: https://doccano.github.io/doccano/tutorial/
"""

from collections.abc import Iterator
from typing import Any

from annotations.importing.outside import Aside, Document, Mark, Read, Said, shown
from annotations.importing.parsing import lines, mapping, number, sequence, word
from annotations.messages import gettext as _
from annotations.messages import ngettext

SPANS = ("label", "labels", "entities")
KNOWN = ("title", "url", "publisher", "author", "published_on", "language")
WHO = ("annotator", "username", "user", "annotation_approver")


def read(body: bytes) -> Iterator[Read]:
    """Each line as a document."""
    for place, row in lines(body):
        if isinstance(row, Aside):
            yield row
        else:
            yield from _row(place, row)


def _row(place: str, row: dict[str, Any]) -> Iterator[Read]:
    text = row.get("text", row.get("data"))
    if not isinstance(text, str):
        yield Aside(place, _("This line has no text."))
        return
    known = {name: row[name] for name in KNOWN if isinstance(row.get(name), str)}
    document, who = Document(place, text, known=known), next((word(row[name]) for name in WHO if row.get(name)), "?")
    whole_text = 0
    for name in SPANS:
        for count, span in enumerate(sequence(row.get(name)), 1):
            item = f"{place}, span {count}"
            if isinstance(span, str):
                whole_text += 1
            elif (mark := _mark(item, who, span)) is None:
                yield Aside(item, _("This is no span: %(value)s.", value=shown(span)))
            else:
                document.marks.append(mark)
    yield document
    if whole_text:
        yield Aside(place, ngettext("%(n)s label of the whole text.", "%(n)s labels of the whole text.", whole_text))
    if count := len(sequence(row.get("relations"))):
        yield Aside(place, ngettext("%(n)s relation between spans.", "%(n)s relations between spans.", count))


def _mark(item: str, who: str, span: Any) -> Mark | None:
    if isinstance(span, dict):
        start, end = (number(span.get(name)) for name in ("start_offset", "end_offset"))
        return Mark(item, start, end, said=_said(word(mapping(span).get("user")) or who, span.get("label")))
    if isinstance(span, list) and len(span) == 3:
        return Mark(item, number(span[0]), number(span[1]), said=_said(who, span[2]))
    return None


def _said(who: str, name: Any) -> tuple[Said, ...]:
    return (Said(who, word(name)),) if word(name) else ()
