"""JSON-LD within a page, so that no text in it can end the element it stands in. Pure."""

import orjson
from django.utils.safestring import SafeString, mark_safe

from annotations.releases.formats.native import Record

# What would end the element or begin another, and what is a line break to older readers of scripts.
ESCAPED = {letter: f"\\u{letter:04x}" for letter in map(ord, "<>&\u2028\u2029")}


def script(record: Record) -> SafeString:
    """The record as a `script` element of data, which no browser runs."""
    told = orjson.dumps(record).decode().translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308 (escaped above)
