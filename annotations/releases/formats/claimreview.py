"""claimreview.jsonld: the approved verdicts as schema.org's ClaimReview, for a release with public pages. Pure.

Source: https://schema.org/ClaimReview, and what search engines ask of it: `claimReviewed`, `reviewRating` and `url`,
where the verdict stands for everybody to read. Who says the claim, where it appeared and what the verdict rests on are
there where they are known. `reviews` has the scale.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from annotations.releases.formats import documents
from annotations.releases.formats.addresses import name_of
from annotations.releases.formats.licenses import KNOWN
from annotations.releases.formats.native import Record, Told, told_claims
from annotations.releases.formats.reviews import BEST, WORST, Review, reviews, source

CONTEXT = "https://schema.org"


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form: one graph with every review."""
    yield b'{"@context":' + orjson.dumps(CONTEXT) + b',"@graph":'
    yield from documents.array(graph(lines))
    yield b"}\n"


def graph(lines: Iterable[bytes]) -> Iterator[Record]:
    """Every review of a release, in the order of its claims."""
    for told in told_claims(lines):
        yield from map(claim_review, reviews(told))


def embedded(told: Told) -> Record | None:
    """The reviews of one claim as its public page has them; None where there is none."""
    found = [claim_review(review) for review in reviews(told)]
    return {"@context": CONTEXT, "@graph": found} if found else None


def claim_review(review: Review) -> Record:
    """One verdict as a ClaimReview; what is not known is left out."""
    release = review.told.release
    public, day = release["public"], str(release["frozen_at"])[:10]
    return _known(
        {
            "@type": "ClaimReview",
            "@id": review.url,
            "url": review.url,
            "datePublished": day,
            "version": str(release["number"]),
            "author": {"@type": "Organization", "name": public["publisher"], "url": public["url"]},
            "claimReviewed": review.said,
            "reviewAspect": review.aspect,
            "reviewRating": _rating(review),
            "itemReviewed": _claim(review),
            "citation": _citations(review),
            "license": KNOWN[release["license"]][0] if release["license"] in KNOWN else None,
        }
    )


def _rating(review: Review) -> Record:
    number = review.number
    scale = {} if number is None else {"ratingValue": number, "worstRating": WORST, "bestRating": BEST}
    return _known(
        {
            "@type": "Rating",
            **scale,
            "alternateName": review.text,
            "ratingExplanation": review.check["explanation"],
        }
    )


def _claim(review: Review) -> Record:
    claim, article = review.told.claim, review.told.article
    parts = claim["parts"] if review.aspect == "content" else []
    return _known(
        {
            "@type": "Claim",
            "@id": name_of(claim["id"]),
            "text": claim["anchors"][0]["exact"],
            "author": review.by,
            "datePublished": article["published_on"],
            "appearance": _appearance(article),
            "about": _quotation(review.told) if review.aspect == "attribution" else None,
            "hasPart": [{"@type": "Claim", "@id": name_of(part["id"]), "text": part["proposition"]} for part in parts],
        }
    )


def _appearance(article: Record) -> Record | None:
    if not article["url"]:
        return None
    told = {"url": article["url"], "headline": article["title"], "inLanguage": article["language"]}
    return _known({"@type": "CreativeWork", **told})


def _quotation(told: Told) -> Record | None:
    """What is attributed, where the labels point at its words, and to whom."""
    attribution = told.claim["attribution"] or {}
    span = (attribution.get("spans") or {}).get("content")
    words = told.article["text"][span["start"] : span["end"]] if span and told.article["text"] else None
    creator = source(attribution)
    return _known({"@type": "Quotation", "text": words, "creator": creator}) if words or creator else None


def _citations(review: Review) -> list[Record]:
    """What the verdict rests on: each source that has an address, once."""
    rows = {row["url"]: row for row in review.told.evidence if row["aspect"] == review.aspect and row["url"]}
    return [
        _known(
            {
                "@type": "CreativeWork",
                "url": url,
                "name": row["title"],
                "author": {"@type": "Person", "name": row["author"]} if row.get("author") else None,
                "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
                "datePublished": row.get("published_on"),
            }
        )
        for url, row in rows.items()
    ]


def _known(record: dict[str, Any]) -> Record:
    return {name: value for name, value in record.items() if value not in (None, "", [])}
