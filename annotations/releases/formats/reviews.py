"""Which approved verdicts of a release are told to search engines, and in which words. Pure.

| verdict | rating | |
|---|---|---|
| refuted | 1 | False |
| mixed | 3 | Mixed |
| supported | 5 | True |

Every other verdict has a text and no number. Of opinions, of what is pending and of what is not checkable there is
none. A review is of one aspect of one claim; its address is that of the claim's public page with the aspect behind `#`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.releases.formats.addresses import claim_url
from annotations.releases.formats.native import Record, Told

WORST, BEST = 1, 5
NUMBERS = {"refuted": 1, "mixed": 3, "supported": 5}
TEXTS = {
    "refuted": "False",
    "mixed": "Mixed",
    "supported": "True",
    "not_enough_evidence": "Not enough evidence",
    "outdated": "Outdated",
    "accurate": "Accurately attributed",
    "accurate_paraphrase": "Accurately paraphrased",
    "altered": "Altered quote",
    "out_of_context": "Quoted out of context",
    "misattributed": "Misattributed",
    "not_found": "Attribution not found",
    "unverifiable_source": "Source cannot be verified",
}
ATTRIBUTED = "attributed_statement"
# Of anybody else one cannot say which of the two they are.
SPEAKERS = {"named_person": "Person", "named_body": "Organization"}


class Review(NamedTuple):
    """One approved verdict; `said` is what is judged, `by` who says that (`{@type, name}`, or null)."""

    told: Told
    check: Record
    said: str
    by: Record | None

    @property
    def aspect(self) -> str:
        """`content` or `attribution`."""
        return str(self.check["aspect"])

    @property
    def url(self) -> str:
        """Where the verdict stands on the claim's public page."""
        return f"{claim_url(self.told.release, self.told.claim['id'])}#{self.aspect}"

    @property
    def text(self) -> str:
        """The verdict in words."""
        return TEXTS[self.check["verdict"]]

    @property
    def number(self) -> int | None:
        """The verdict on the scale from `WORST` to `BEST`; None for one that is on no scale."""
        return NUMBERS.get(self.check["verdict"])


def reviews(told: Told) -> Iterator[Review]:
    """What is told of a claim of a release that has public pages."""
    claim = told.claim
    if not claim["verified"] or claim["label"]["value"] not in (ATTRIBUTED, "verifiable_fact"):
        return
    exact = claim["anchors"][0]["exact"]
    for check in claim["checks"]:
        if not check["approved_by"] or check["verdict"] not in TEXTS:
            continue
        if check["aspect"] == "attribution":
            yield Review(told, check, exact, _publisher(told.article))
        else:
            yield Review(told, check, claim["proposition"] or exact, _speaker(told))


def source(attribution: Record) -> Record | None:
    """The named person or body of an attribution; null where it names none."""
    of_type = SPEAKERS.get(attribution.get("source_kind") or "")
    if not of_type or not attribution.get("source_name"):
        return None
    named: Record = {"@type": of_type, "name": attribution["source_name"]}
    if of_type == "Person" and attribution.get("source_role"):
        named["jobTitle"] = attribution["source_role"]
    return named


def _speaker(told: Told) -> Record | None:
    """Who says what the content of a claim is: whoever is quoted, else the article's publisher."""
    if told.claim["label"]["value"] == ATTRIBUTED:
        return source(told.claim["attribution"] or {})
    return _publisher(told.article)


def _publisher(article: Record) -> Record | None:
    """Who says "B said C": the publisher of the article, else its author."""
    if article["publisher"]:
        return {"@type": "Organization", "name": article["publisher"]}
    return {"@type": "Person", "name": article["author"]} if article["author"] else None
