"""webannotation.jsonld: a W3C Annotation Collection of the labels, the approved verdicts and the evidence. Pure.

All items stand in one embedded page, each with its context, so that it is whole by itself. A counted label classifies
the claim's words, an approved verdict (on an aspect or a part) assesses them, a piece of evidence links its source to
the claim. Words are found by quote and by position; positions are code points, as the Web Annotation Data Model counts
them. What is said stands in textual bodies: the label or verdict as `classifying`, what belongs to it (content kind;
stance, tier and aspect) as `tagging`.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from annotations.releases.formats.addresses import claim_url, name_of
from annotations.releases.formats.native import Record, Told, line, records, told_claims

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form. Without any item there is no page, as the model wants it."""
    release = next(records(lines))
    base = _base(release)
    page = {"id": f"{base}#page", "type": "AnnotationPage", "startIndex": 0}
    yield orjson.dumps(_collection(release, base))[:-1]
    total = 0
    for told in told_claims(lines):
        for item in chain(_labels(told, base), _verdicts(told, base), _evidence(told)):
            between = b",\n" if total else b',"first":' + orjson.dumps(page)[:-1] + b',"items":[\n'
            yield between + orjson.dumps({"@context": CONTEXT, "type": "Annotation", **item})
            total += 1
    if total:
        yield b'\n]},"last":' + orjson.dumps(page["id"])
    yield b',"total":%d}\n' % total


def _base(release: Record) -> str:
    """What the ids made for this release begin with: its public page, or else a name that follows from its record."""
    if public := release.get("public"):
        return str(public["url"])
    return name_of(str(uuid5(NAMESPACE_URL, line(release).decode())))


def _collection(release: Record, base: str) -> Record:
    return {
        "@context": CONTEXT,
        "id": f"{base}#annotations",
        "type": "AnnotationCollection",
        "label": f"{release['title']}, release {release['number']}",
        "generator": {"id": f"{base}#generator", "type": "Software", "name": release["generator"]["name"]},
    }


def _labels(told: Told, base: str) -> Iterator[Record]:
    """Of a label the native form tells the day; the model wants a time, and it is midnight UTC."""
    for label in told.label:
        said = [_text("classifying", label["label"]), _text("tagging", label["content_kind"])]
        yield {
            "id": f"{base}#{label['id']}",
            "motivation": "classifying",
            "created": f"{label['created_at'][:10]}T00:00:00Z",
            "creator": _person(base, label["reviewer"]),
            "body": _known([*said, _text("commenting", label["rationale"])]),
            "target": _words(told),
        }


def _verdicts(told: Told, base: str) -> Iterator[Record]:
    claim = told.claim
    for check in claim["checks"]:
        id = f"{name_of(claim['id'])}#{check['aspect']}"
        yield from _verdict(told, base, check, id=id, aspect=check["aspect"])
    for part in claim["parts"]:
        yield from _verdict(told, base, part, id=name_of(part["id"]), aspect="content", of=part["proposition"])


def _verdict(told: Told, base: str, judged: Record, *, id: str, aspect: str, of: str | None = None) -> Iterator[Record]:
    """The verdict in force on an aspect or a part (`of` is its proposition), if it was approved."""
    if not judged["approved_by"]:
        return
    people = dict.fromkeys([judged["proposed_by"], *judged["approved_by"]])
    said = [_text("classifying", judged["verdict"]), _text("tagging", aspect), _text("identifying", of)]
    yield {
        "id": id,
        "motivation": "assessing",
        "creator": [_person(base, name) for name in people if name],
        "body": _known([*said, _text("describing", judged["explanation"])]),
        "target": _words(told),
    }


def _evidence(told: Told) -> Iterator[Record]:
    for row in told.evidence:
        source = {"type": "SpecificResource", "source": row["url"] or name_of(row["source_id"]), "purpose": "linking"}
        if quote := row["quote"]:
            source["selector"] = {"type": "TextQuoteSelector", "exact": quote["exact"]}
        tags = [_text("tagging", row[name]) for name in ("stance", "tier", "aspect")]
        yield {
            "id": name_of(row["id"]),
            "motivation": "linking",
            "body": [source, *_known([*tags, _text("commenting", row["note"])])],
            "target": _claim(told),
        }


def _claim(told: Told) -> str:
    id = told.claim["id"]
    return claim_url(told.release, id) if told.release.get("public") else name_of(id)


def _words(told: Told) -> Record:
    """The words of the claim in the text as it was taken in."""
    article = told.article
    [anchor] = told.claim["anchors"]
    return {
        "type": "SpecificResource",
        "source": article["url"] or name_of(article["id"]),
        "state": {"type": "TimeState", "sourceDate": article["version"]["captured_at"]},
        "selector": [
            {"type": "TextQuoteSelector", **{name: anchor[name] for name in ("exact", "prefix", "suffix")}},
            {"type": "TextPositionSelector", "start": anchor["start"], "end": anchor["end"]},
        ],
    }


def _person(base: str, name: str) -> Record:
    return {"id": f"{base}#{name}", "type": "Person", "nickname": name}


def _text(purpose: str, value: str | None) -> Record | None:
    return {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"} if value else None


def _known(bodies: Iterable[Any]) -> list[Any]:
    return [body for body in bodies if body]
