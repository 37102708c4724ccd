"""Files as other tools write them, made by hand after their documentation; every text has what offsets break on."""

import json
from typing import Any

TEXT = "Zur Lage 👩🏽‍🚒 heißt es:\nقال الوزير إن q̃ gilt.\nThe bridge is 400 m long. It is ugly."
FACT = "The bridge is 400 m long."
OPINION = "It is ugly."
SAID = "قال الوزير إن q̃ gilt."


def utf16(text: str, quote: str) -> tuple[int, int]:
    """Where a quote stands, in UTF-16 code units."""
    start = len(text[: text.index(quote)].encode("utf-16-le")) // 2
    return start, start + len(quote.encode("utf-16-le")) // 2


def points(text: str, quote: str) -> tuple[int, int]:
    """Where a quote stands, in code points."""
    return text.index(quote), text.index(quote) + len(quote)


def region(quote: str, label: str, text: str = TEXT, key: str = "r1", **value: Any) -> dict[str, Any]:
    start, end = utf16(text, quote)
    told = {"start": start, "end": end, "text": quote, "labels": [label], **value}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": told}


def task(key: int = 1, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """One task of Label Studio, as its JSON export has it."""
    first = {"id": 11, "completed_by": 3, "was_cancelled": False, "ground_truth": False, "lead_time": 4.2}
    second = {**first, "id": 12, "completed_by": {"id": 4, "email": "eva@example.org"}}
    rounds = [
        {**first, "result": [region(FACT, "Fact", text), region(OPINION, "Opinion", text, "r2")]},
        {**second, "result": [region(FACT, "Fact", text), region(SAID, "Quote", text, "r3")]},
    ]
    data = {"text": text, "title": "Zur Lage", "url": "https://paper.example/lage"}
    predictions = [{"id": 5, "model_version": "m1", "score": 0.3, "result": [region(FACT, "Fact", text)]}]
    return {"id": key, "data": data, "annotations": rounds, "predictions": predictions, "project": 1, **more}


def label_studio(*tasks: dict[str, Any]) -> bytes:
    return json.dumps(list(tasks) or [task()]).encode()


def doccano(text: str = TEXT) -> bytes:
    rows = [
        {"id": 1, "text": text, "label": [[*points(text, FACT), "fact"], [*points(text, OPINION), "opinion"]]},
        {"id": 2, "text": f"Older. {text}", "labels": [[*points(f"Older. {text}", SAID), "attributed"]]},
        {
            "id": 3,
            "text": f"Newer. {text}",
            "entities": [{"id": 7, "label": "fact", "start_offset": 7, "end_offset": 15}],
            "relations": [{"id": 1, "from_id": 7, "to_id": 7, "type": "same"}],
            "Comments": [],
        },
    ]
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def annotation(quote: str, prefix: str = "", suffix: str = "", **more: Any) -> dict[str, Any]:
    """One row as the API of Hypothesis answers it."""
    selectors = [
        {"type": "RangeSelector", "startContainer": "/div[1]/p[2]", "startOffset": 0, "endContainer": "/div[1]/p[2]"},
        {"type": "TextPositionSelector", "start": 3190, "end": 3214},
        {"type": "TextQuoteSelector", "exact": quote, "prefix": prefix, "suffix": suffix},
    ]
    address = "https://paper.example/lage?utm_source=x#top"
    return {
        "id": "aBc-1",
        "uri": address,
        "user": "acct:eva@hypothes.is",
        "tags": ["fact"],
        "text": "Look.",
        "target": [{"source": address, "selector": selectors}],
        "document": {"title": ["Zur Lage"]},
        **more,
    }


def hypothesis(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"total": len(rows), "rows": list(rows)}).encode()


def cas(text: str = TEXT) -> bytes:
    """A document with two spans, as INCEpTION exports it (UIMA CAS JSON 0.4.0)."""

    def span(key: int, quote: str, **more: Any) -> dict[str, Any]:
        begin, end = utf16(text, quote)
        return {"%ID": key, "%TYPE": "webanno.custom.Claim", "@sofa": 1, "begin": begin, "end": end, **more}

    structures = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text},
        {"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": 9, "language": "de"},
        {
            "%ID": 3,
            "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence",
            "@sofa": 1,
            "begin": 0,
            "end": 9,
        },
        span(4, FACT, label="fact"),
        span(5, SAID, value="quote"),
        {
            "%ID": 6,
            "%TYPE": "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata",
            "@sofa": 1,
            "begin": 0,
            "end": 0,
            "username": "eva",
            "sourceDocumentName": "lage.txt",
        },
    ]
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4, 5, 6]}}
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": views}).encode()


def claim_review(**more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checkers.example/bridge",
        "claimReviewed": FACT,
        "datePublished": "2026-03-02",
        "author": {"@type": "Organization", "name": "Checkers"},
        "itemReviewed": {"@type": "Claim", "appearance": [{"url": "https://www.paper.example/lage/"}]},
        "reviewRating": {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "alternateName": "False"},
        **more,
    }
