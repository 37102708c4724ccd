"""labelstudio.json: a Label Studio task for each article, and the labeling config to import it with. Pure.

An annotation holds what one reviewer said in the article: a region for each claim with the label, and the content kind
as a choice of that region. One more, with `ground_truth`, holds the settled labels. Offsets are code points, as Label
Studio has drawn and stored them since 2022 (before, it counted UTF-16 code units). It refuses a file whose
`completed_by` names nobody of its own members, so the reviewer's pseudonym stands as `reviewer` beside the annotation,
and as a note of each region, where imports keep it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.agreement.ratings import CATEGORIES
from annotations.labelling.content import ABSTENTIONS
from annotations.releases.formats import documents
from annotations.releases.formats.native import Record, Told, told_articles
from annotations.releases.records import OFFSET_UNIT

COLOURS = dict(zip((*CATEGORIES, *ABSTENTIONS), ("#2563eb", "#15803d", "#c2410c", "#6b7280", "#9ca3af"), strict=True))
KINDS = ("fact", "evaluation", "prediction", "directive", "commissive")


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form; its annotations are numbered through it."""
    return documents.array(_tasks(lines))


def config(_: Iterable[bytes]) -> Iterator[bytes]:
    """labelstudio_config.xml: the labels and content kinds, the same for every release."""
    yield b'<View>\n  <Labels name="label" toName="text">\n'
    for label, colour in COLOURS.items():
        yield f'    <Label value="{label}" background="{colour}"/>\n'.encode()
    yield b'  </Labels>\n  <Text name="text" value="$text"/>\n'
    yield b'  <Choices name="content_kind" toName="text" perRegion="true" choice="single"'
    yield b' visibleWhen="region-selected" whenTagName="label" whenLabelValue="attributed_statement">\n'
    for kind in KINDS:
        yield f'    <Choice value="{kind}"/>\n'.encode()
    yield b"  </Choices>\n</View>\n"


def _tasks(lines: Iterable[bytes]) -> Iterator[Record]:
    number = 0
    for place, told in enumerate(told_articles(lines), 1):
        annotations = _annotations(told)
        for annotation in annotations:
            number += 1
            annotation["id"] = number
        yield {"id": place, "data": _data(told[0].article), "annotations": annotations, "predictions": []}


def _data(article: Record) -> Record:
    known = {name: article[name] for name in ("url", "title", "language") if article.get(name)}
    fixed = {"text": article["text"], "article_id": article["id"], "sha256": article["version"]["sha256"]}
    return {**fixed, **known, "offset_unit": OFFSET_UNIT}


def _annotations(told: list[Told]) -> list[Record]:
    """What each reviewer said in the article, in the order of their pseudonyms, and then what was settled."""
    said: dict[str, list[tuple[Record, Record]]] = {}
    for one in told:
        for label in one.label:
            said.setdefault(label["reviewer"], []).append((one.claim, label))
    annotations = [_annotation(marks, reviewer) for reviewer, marks in sorted(said.items())]
    settled = [(one.claim, _settled(one.claim)) for one in told if one.claim["label"]["value"]]
    return [*annotations, _annotation(settled)] if settled else annotations


def _settled(claim: Record) -> Record:
    label = claim["label"]
    return {"id": claim["id"], "label": label["value"], "content_kind": label["content_kind"], "seconds": None}


def _annotation(marks: list[tuple[Record, Record]], reviewer: str | None = None) -> Record:
    """What one reviewer said, or where there is none what was settled; `marks` are claims with a label each."""
    seconds = [label["seconds"] for _, label in marks if label["seconds"] is not None]
    return {
        "id": None,
        "reviewer": reviewer,
        "was_cancelled": False,
        "ground_truth": reviewer is None,
        "lead_time": float(sum(seconds)) if seconds else None,
        "result": [result for claim, label in marks for result in _results(claim, label, reviewer)],
    }


def _results(claim: Record, label: Record, reviewer: str | None) -> Iterator[Record]:
    [anchor] = claim["anchors"]
    place = {"start": anchor["start"], "end": anchor["end"], "text": anchor["exact"]}
    region: dict[str, Any] = {"id": label["id"], "to_name": "text", "origin": "manual"}
    note = {"meta": {"text": [reviewer]}} if reviewer else {}
    yield {**region, "from_name": "label", "type": "labels", "value": {**place, "labels": [label["label"]]}, **note}
    if kind := label["content_kind"]:
        yield {**region, "from_name": "content_kind", "type": "choices", "value": {**place, "choices": [kind]}}
