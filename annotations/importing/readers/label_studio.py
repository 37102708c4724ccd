"""Label Studio's JSON export: tasks with `data` and `annotations` (older: `completions`).

A region of type `labels` has `value` with `start` and `end`, `labels`, and mostly `text`. Shape:
https://labelstud.io/guide/task_format. Offsets are code points since 2022 and were UTF-16 code units before; files do
not say which, so that is taken in which more of a task's regions have the text they name.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotations.claims.units import Offsets, Unit
from annotations.importing.outside import Aside, Document, Mark, Read, Said, Unreadable, shown
from annotations.importing.parsing import mapping, number, sequence, whole, word
from annotations.messages import gettext as _
from annotations.messages import ngettext

KNOWN = ("title", "url", "publisher", "author", "published_on", "language")


def read(body: bytes) -> Iterator[Read]:
    """Each task as a document."""
    tasks = whole(body)
    tasks = [tasks] if isinstance(tasks, dict) else tasks
    if not isinstance(tasks, list):
        raise Unreadable(_("A Label Studio export is a list of tasks."))
    for place, task in enumerate(tasks, 1):
        if not isinstance(task, dict):
            yield Aside(f"task {place}", _("This task is no JSON object."))
            continue
        yield from _task(f"task {word(task.get('id')) or place}", task)


def _task(item: str, task: dict[str, Any]) -> Iterator[Read]:
    data = mapping(task.get("data"))
    rounds = [*sequence(task.get("annotations")), *sequence(task.get("completions"))]
    regions = [(mapping(each), mapping(region)) for each in rounds for region in sequence(mapping(each).get("result"))]
    text = _text(data, [region for _round, region in regions])
    if text is None:
        yield Aside(item, _("This task has no text: none of its data is what its regions lie in."))
        return
    known = {name: data[name] for name in KNOWN if isinstance(data.get(name), str)}
    document = Document(item, text, known=known)
    other: Counter[str] = Counter()
    for place, (by, region) in enumerate(regions, 1):
        kind = word(region.get("type"))
        if by.get("was_cancelled") is True:
            other["was_cancelled"] += 1
        elif kind != "labels":
            other[kind or "?"] += 1
        else:
            document.marks.append(_mark(f"{item}, region {word(region.get('id')) or place}", by, region))
    document.unit = _unit(text, document.marks)
    yield document
    yield from _left(item, other, len(sequence(task.get("predictions"))))


def _unit(text: str, marks: list[Mark]) -> Unit:
    """What the offsets of a task count: code points, unless more of the marks fit as UTF-16 code units."""

    def fitting(unit: Unit) -> int:
        offsets = Offsets(text, unit)
        places = [(offsets.code_point(mark.start), offsets.code_point(mark.end), mark.exact)
                  for mark in marks if mark.start is not None and mark.end is not None]  # fmt: skip
        return sum(text[start:end] == exact for start, end, exact in places if exact)

    return max((Unit.CODE_POINT, Unit.UTF16), key=fitting)


def _text(data: dict[str, Any], regions: list[dict[str, Any]]) -> str | None:
    """The text of a task: the field its regions name, else `text`, else the only text there is."""
    named = [word(region.get("to_name")) for region in regions]
    for name in (*named, "text"):
        if isinstance(data.get(name), str):
            return str(data[name])
    texts = [value for name, value in data.items() if isinstance(value, str) and name not in KNOWN]
    return texts[0] if len(texts) == 1 else None


def _mark(item: str, by: dict[str, Any], region: dict[str, Any]) -> Mark:
    value = mapping(region.get("value"))
    names = [word(name) for name in sequence(value.get("labels"))]
    said = tuple(Said(_annotator(by), name) for name in names if name)
    settled = said[0].name if by.get("ground_truth") is True and len(said) == 1 else ""
    places = (number(value.get("start")), number(value.get("end")))
    return Mark(item, *places, exact=word(value.get("text")), said=said, settled=settled)


def _annotator(by: dict[str, Any]) -> str:
    who = by.get("completed_by", by.get("created_username", by.get("reviewer")))
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return word(who) or "?"


def _left(item: str, other: Counter[str], predictions: int) -> Iterator[Aside]:
    for kind, count in sorted(other.items()):
        if kind == "was_cancelled":
            told = ngettext("%(n)s region of a skipped round.", "%(n)s regions of skipped rounds.", count)
        else:
            told = ngettext(
                "%(n)s result of type %(kind)s: only spans of plain text (labels) are read.",
                "%(n)s results of type %(kind)s: only spans of plain text (labels) are read.",
                count,
                kind=shown(kind),
            )
        yield Aside(item, told)
    if predictions:
        yield Aside(
            item,
            ngettext(
                "%(n)s prediction: what a machine proposed is nobody's label.",
                "%(n)s predictions: what a machine proposed is nobody's label.",
                predictions,
            ),
        )
