"""doccano.jsonl: a line for each article with the settled labels of its claims, for doccano's sequence labelling. Pure.

Offsets are code points, as doccano counts them. Claims without a settled label are left out; an article without any
stands there with none. What is neither `text` nor `label` becomes metadata of the example in doccano. Labels of a
project that lets spans overlap import only where doccano's `allow_overlapping_spans` is on.
"""

from collections.abc import Iterable, Iterator

from annotations.releases.formats import documents
from annotations.releases.formats.native import Record, told_articles


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return documents.lines(_examples(lines))


def _examples(lines: Iterable[bytes]) -> Iterator[Record]:
    for number, told in enumerate(told_articles(lines), 1):
        article = told[0].article
        places = [(one.claim["anchors"][0], one.claim["label"]["value"]) for one in told]
        yield {
            "id": number,
            "text": article["text"],
            "label": [[anchor["start"], anchor["end"], label] for anchor, label in places if label],
            "Comments": [],
            "article_id": article["id"],
            "sha256": article["version"]["sha256"],
        }
