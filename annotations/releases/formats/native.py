"""claims.jsonl, the native form: one record on each line, every line ending in LF, keys sorted, UTF-8. Pure.

First comes the `release` record, then every `codebook`, then each claim that was `withdrawn` since the release before;
then each `article`, followed by its claims in the order of
the text, each `claim` followed by its `evidence`, `label` and `decision` records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson

Record = dict[str, Any]

OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


@dataclass
class Told:
    """One claim with its article and everything that was said of it."""

    release: Record
    article: Record
    claim: Record
    evidence: list[Record] = field(default_factory=list)
    label: list[Record] = field(default_factory=list)
    decision: list[Record] = field(default_factory=list)


def line(record: Record) -> bytes:
    """A record as its line."""
    return orjson.dumps(record, option=OPTIONS)


def records(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of lines as `line` writes them."""
    return map(orjson.loads, lines)


def told_claims(lines: Iterable[bytes]) -> Iterator[Told]:
    """The claims in order, each with what is told of it; one is held at a time."""
    release: Record = {}
    article: Record = {}
    told: Told | None = None
    for record in records(lines):
        kind = record["type"]
        if kind in ("claim", "article") and told:
            yield told
            told = None
        if kind == "release":
            release = record
        elif kind == "article":
            article = record
        elif kind == "claim":
            told = Told(release, article, record)
        elif told:
            getattr(told, kind).append(record)
    if told:
        yield told


def told_articles(lines: Iterable[bytes]) -> Iterator[list[Told]]:
    """The claims of each article with what is told of them, article by article; one article is held at a time."""
    for _, told in groupby(told_claims(lines), key=lambda one: one.article["id"]):
        yield list(told)
