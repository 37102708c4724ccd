"""factchecktools_page.json: the release's page for Google's Fact Check Tools, for a release with public pages. Pure.

Source: the resource `pages` of the Fact Check Tools API v1alpha1; its rating needs a number, or else the text alone.
"""

from collections.abc import Iterable, Iterator

import orjson

from annotations.releases.formats import documents
from annotations.releases.formats.native import Record, records, told_claims
from annotations.releases.formats.reviews import BEST, WORST, Review, reviews


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    release = next(records(lines))
    page = {
        "pageUrl": release["public"]["url"],
        "publishDate": str(release["frozen_at"])[:10],
        "claimReviewAuthor": {"name": release["public"]["publisher"]},
    }
    yield orjson.dumps(page)[:-1] + b',"claimReviewMarkups":'
    yield from documents.array(_markup(review) for told in told_claims(lines) for review in reviews(told))
    yield b"}\n"


def _markup(review: Review) -> Record:
    article = review.told.article
    markup = {
        "url": review.url,
        "claimReviewed": review.said,
        "claimDate": article["published_on"],
        "claimAuthor": {"name": review.by["name"]} if review.by else None,
        "claimAppearances": [article["url"]] if article["url"] else [],
        "rating": _rating(review),
    }
    return {name: value for name, value in markup.items() if value}


def _rating(review: Review) -> Record:
    told = {"textualRating": review.text, "ratingExplanation": review.check["explanation"]}
    if review.number is None:
        return told
    return {"ratingValue": review.number, "worstRating": WORST, "bestRating": BEST, **told}
