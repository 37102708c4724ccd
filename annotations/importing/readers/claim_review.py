"""Feeds of ClaimReview: a DataFeed, a list, or a JSON-LD graph of fact-checks that others published.

Each becomes a source of the project, with the outside verdict in its title where it has no headline of its own. Where
an article of the project has one of the addresses at which the claim appeared, the claim's words are looked for there.
Shape: https://schema.org/ClaimReview
"""

from collections.abc import Iterator
from typing import Any

from annotations.importing.outside import Aside, Document, Mark, OutsideSource, Read
from annotations.importing.parsing import mapping, sequence, whole, word
from annotations.messages import gettext as _

DEEPEST = 8
APPEARANCES = ("appearance", "firstAppearance")
HOLDERS = ("dataFeedElement", "@graph", "item", "itemListElement", "mainEntity", "hasPart")

Node = dict[str, Any]


def read(body: bytes) -> Iterator[Read]:
    """Each review as a source, and as a mark on the texts it names."""
    found = list(_reviews(whole(body), 0))
    if not found:
        yield Aside("file", _("There is no ClaimReview in this file."))
    for place, review in enumerate(found, 1):
        yield from _review(_address(review) or f"review {place}", review)


def _reviews(value: Any, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _reviews(each, depth + 1)
    elif isinstance(value, dict):
        kinds = [word(kind).rpartition("/")[2].rpartition(":")[2] for kind in _several(value.get("@type"))]
        if "ClaimReview" in kinds:
            yield value
        for name in HOLDERS:
            yield from _reviews(value.get(name), depth + 1)


def _review(item: str, review: Node) -> Iterator[Read]:
    claimed, rating = word(review.get("claimReviewed")).strip(), _rating(review)
    if not claimed:
        yield Aside(item, _("This review does not say what was claimed."))
        return
    headline = word(review.get("headline")) or word(review.get("name"))
    title = headline or (f"{rating}: {claimed}" if rating else claimed)
    known = {
        "url": _address(review),
        "title": title[:500],
        "publisher": _name(review.get("author"))[:300],
        "published_on": word(review.get("datePublished"))[:10],
    }
    yield OutsideSource(item, known)
    addresses = tuple(dict.fromkeys(_appearances(review)))
    if addresses:
        verdicts = (rating,) if rating else ()
        mark = Mark(item, exact=claimed, proposition=claimed, verdicts=verdicts)
        yield Document(item, addresses=addresses, marks=[mark])
    else:
        yield Aside(item, _("It does not say where the claim appeared: it is kept as a source only."))


def _appearances(review: Node) -> Iterator[str]:
    claims = [mapping(each) for each in _several(review.get("itemReviewed"))]
    for claim in claims:
        places = [each for name in APPEARANCES for each in _several(claim.get(name))]
        for each in (*places, claim):
            if address := word(each) or _address(mapping(each)):
                yield address


def _rating(review: Node) -> str:
    rating = mapping(review.get("reviewRating"))
    return word(rating.get("alternateName")) or word(rating.get("ratingValue")) or word(rating.get("name"))


def _address(node: Node) -> str:
    return word(node.get("url")) or word(mapping(node.get("url")).get("@id"))


def _name(value: Any) -> str:
    names = (word(each) or word(mapping(each).get("name")) for each in _several(value))
    return next((name for name in names if name), "")


def _several(value: Any) -> list[Any]:
    return sequence(value) if isinstance(value, list) else [] if value is None else [value]
