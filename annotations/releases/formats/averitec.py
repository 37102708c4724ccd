"""averitec.json: the claims with an approved verdict on their content, in the shape of the AVeriTeC data set. Pure.

| verdict | label |
|---|---|
| supported | Supported |
| refuted | Refuted |
| mixed | Conflicting Evidence/Cherrypicking |
| not_enough_evidence | Not Enough Evidence |

AVeriTeC has no word for outdated, pending and not_checkable: claims with these are left out. Each piece of evidence on
the content gives a question; its answer is the quote (Extractive), else the note (Abstractive), else that nothing is
quoted (Unanswerable). What the release does not know, such as the place and the kind of a claim, is null or empty.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from annotations.releases.formats import documents
from annotations.releases.formats.addresses import claim_url
from annotations.releases.formats.native import Record, Told, told_claims

LABELS = {
    "supported": "Supported",
    "refuted": "Refuted",
    "mixed": "Conflicting Evidence/Cherrypicking",
    "not_enough_evidence": "Not Enough Evidence",
}
NOTHING = "No answer could be found."


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    return documents.array(_claims(lines))


def _claims(lines: Iterable[bytes]) -> Iterator[Record]:
    for told in told_claims(lines):
        for check in told.claim["checks"]:
            if check["aspect"] == "content" and check["approved_by"] and check["verdict"] in LABELS:
                yield _claim(told, check)


def _claim(told: Told, check: Record) -> Record:
    claim, article = told.claim, told.article
    attribution = claim["attribution"] or {}
    publisher = article["publisher"]
    return {
        "claim": _proposition(claim),
        "required_reannotation": False,
        "label": LABELS[check["verdict"]],
        "justification": check["explanation"],
        "claim_date": _day(article["published_on"]),
        "speaker": attribution.get("source_name") or article["author"] or publisher,
        "original_claim_url": article["url"],
        "cached_original_claim_url": None,
        "fact_checking_article": claim_url(told.release, claim["id"]) if told.release.get("public") else None,
        "reporting_source": publisher,
        "location_ISO_code": None,
        "claim_types": [],
        "fact_checking_strategies": [],
        "questions": [_question(row, claim) for row in told.evidence if row["aspect"] == "content"],
    }


def _question(row: Record, claim: Record) -> Record:
    """What a source says of the claim, or of the part it was found for."""
    parts = {part["id"]: part["proposition"] for part in claim["parts"]}
    source = row["title"] or row["publisher"] or row["url"] or "the source"
    quote = row["quote"]
    kind = "Extractive" if quote else "Abstractive" if row["note"] else "Unanswerable"
    answer = {
        "answer": quote["exact"] if quote else row["note"] or NOTHING,
        "answer_type": kind,
        "source_url": row["url"],
        "cached_source_url": None,
        "source_medium": None,
    }
    of = parts.get(row["part_id"]) or _proposition(claim)
    return {"question": f"What does {source} say of this: {of}", "answers": [answer]}


def _proposition(claim: Record) -> str:
    [anchor] = claim["anchors"]
    return str(claim["proposition"] or anchor["exact"])


def _day(day: str | None) -> str | None:
    """Day, month and year without leading zeros, as AVeriTeC writes a date."""
    if not day:
        return None
    parsed = date.fromisoformat(day)
    return f"{parsed.day}-{parsed.month}-{parsed.year}"
