"""The forms that can be brought in, and which of them a file has. Pure."""

from collections.abc import Mapping
from typing import Any

import orjson

from annotations.importing.outside import Reader, Unreadable
from annotations.importing.parsing import mapping, sequence, text_of
from annotations.importing.readers import (
    claim_review,
    doccano,
    hypothesis_rows,
    jsoncas,
    label_studio,
    native,
    table,
)
from annotations.messages import gettext as _

RELEASE = "release"
"""A release as a zip of its files: restored as it is, not read anew."""

READERS: Mapping[str, Reader] = {
    "label_studio": label_studio.read,
    "doccano": doccano.read,
    "hypothesis": hypothesis_rows.read,
    "uima_cas_json": jsoncas.read,
    "csv": table.read,
    "claimreview": claim_review.read,
    "native": native.read,
}
FORMATS = (*READERS, RELEASE)
NAMES = {
    "label_studio": "Label Studio JSON",
    "doccano": "doccano JSONL",
    "hypothesis": "Hypothesis API JSON",
    "uima_cas_json": "INCEpTION / UIMA CAS JSON",
    "csv": "CSV",
    "claimreview": "ClaimReview",
    "native": "claims.jsonl",
    RELEASE: "Release (zip)",
}
ZIP = b"PK\x03\x04"
LONGEST_HEADER = 10_000


def detected(body: bytes) -> str:
    """The form of a file, by what stands in it. Unreadable where it is none of those known here."""
    if body.startswith(ZIP):
        return RELEASE
    text = text_of(body).lstrip()
    if text.startswith(("{", "[")):
        found = _of_json(text)
    else:
        header = text[:LONGEST_HEADER].partition("\n")[0].casefold()
        found = "csv" if "," in header and ("start" in header or "exact" in header) else ""
    if not found:
        raise Unreadable(_("What form this file has cannot be found out. Name it."))
    return found


def _of_json(text: str) -> str:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _of_object(_first_line(text), alone=False)
    if isinstance(value, list):
        return _of_object(mapping(next(iter(value), None)), alone=False)
    return _of_object(mapping(value), alone=True)


def _first_line(text: str) -> dict[str, Any]:
    try:
        return mapping(orjson.loads(text.partition("\n")[0]))
    except orjson.JSONDecodeError:
        return {}


def _of_object(value: dict[str, Any], *, alone: bool) -> str:
    """The form by one object: the whole file where it is `alone`, else the first of it."""
    marks = {
        "uima_cas_json": alone and "%FEATURE_STRUCTURES" in value,
        "hypothesis": (alone and bool(sequence(value.get("rows")))) or {"uri", "target"} <= set(value),
        "native": value.get("type") == "release" and "format" in value,
        "label_studio": "data" in value and bool({"annotations", "completions", "predictions"} & set(value)),
        "doccano": "text" in value and bool({"label", "labels", "entities"} & set(value)),
        "claimreview": bool({"claimReviewed", "@graph", "dataFeedElement", "@context"} & set(value)),
    }
    return next((name for name, fits in marks.items() if fits), "")
