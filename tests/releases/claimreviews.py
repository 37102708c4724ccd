"""What is asked of a ClaimReview: schema.org's types of its members, and what search engines require and recommend.

Sources: https://schema.org/ClaimReview and https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

REQUIRED = {"ClaimReview": ("claimReviewed", "reviewRating", "url"), "Rating": ("alternateName",), "Claim": ("text",)}
RECOMMENDED = {"ClaimReview": ("author", "itemReviewed"), "Claim": ("author", "datePublished", "appearance")}
ADDRESSES = ("url",)
MEMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "ClaimReview": {
        "url": ("Text",),
        "datePublished": ("Text",),
        "version": ("Text",),
        "author": ("Organization",),
        "claimReviewed": ("Text",),
        "reviewAspect": ("Text",),
        "reviewRating": ("Rating",),
        "itemReviewed": ("Claim",),
        "citation": ("CreativeWork",),
        "license": ("Text",),
    },
    "Rating": {
        "ratingValue": ("Number",),
        "worstRating": ("Number",),
        "bestRating": ("Number",),
        "alternateName": ("Text",),
        "ratingExplanation": ("Text",),
    },
    "Claim": {
        "text": ("Text",),
        "author": ("Organization", "Person"),
        "datePublished": ("Text",),
        "appearance": ("CreativeWork",),
        "about": ("Quotation",),
        "hasPart": ("Claim",),
    },
    "CreativeWork": {
        "url": ("Text",),
        "headline": ("Text",),
        "name": ("Text",),
        "inLanguage": ("Text",),
        "author": ("Person",),
        "publisher": ("Organization",),
        "datePublished": ("Text",),
    },
    "Quotation": {"text": ("Text",), "creator": ("Organization", "Person")},
    "Organization": {"name": ("Text",), "url": ("Text",)},
    "Person": {"name": ("Text",), "jobTitle": ("Text",)},
}


def problems(review: dict[str, Any], wanted: str = "ClaimReview", place: str = "") -> Iterator[str]:
    """What a review lacks, or has of another type than schema.org's; what is only recommended may be missing."""
    kind = review.get("@type")
    if kind != wanted:
        yield f"{place}: {kind} where {wanted} is asked"
        return
    yield from (
        f"{place}.{name} is missing"
        for name in REQUIRED.get(wanted, ())
        if place != ".hasPart" and not review.get(name)
    )
    for name, value in review.items():
        if name in ("@type", "@id"):
            continue
        yield from _member(value, MEMBERS[wanted].get(name, ()), name, f"{place}.{name}")
    rated = [review.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if wanted == "Rating" and any(each is not None for each in rated) and rated != sorted(rated):
        yield f"{place}: {rated} is no scale"


def _member(value: Any, kinds: tuple[str, ...], name: str, place: str) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            kind = each.get("@type")
            yield from problems(each, kind, place) if kind in kinds else [f"{place} may not be a {kind}"]
        elif isinstance(each, str):
            yield from [] if "Text" in kinds and each.strip() else [f"{place} may not be {each!r}"]
            if name in ADDRESSES and urlsplit(each).scheme not in ("http", "https"):
                yield f"{place} is no address: {each}"
        elif not (isinstance(each, int) and "Number" in kinds):
            yield f"{place} may not be {each!r}"


def recommended(review: dict[str, Any]) -> set[str]:
    """The recommended members that a review has."""
    item = review["itemReviewed"]
    return {name for name in RECOMMENDED["ClaimReview"] if name in review} | {
        f"itemReviewed.{name}" for name in RECOMMENDED["Claim"] if name in item
    }
