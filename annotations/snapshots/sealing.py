"""Seals: one hash over all that a row says, so that a changed bit anywhere shows. Pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson


def seal(values: Mapping[str, Any]) -> str:
    """SHA-256 in lower-case hexadecimal of the values as JSON, keys sorted, times in UTC."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
    return hashlib.sha256(orjson.dumps(dict(values), option=options, default=str)).hexdigest()


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8; nothing for no text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
