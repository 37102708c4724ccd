"""The article in an HTML page: its text and what the page says of itself. Pure: bytes in, fields out."""

from typing import Any

import trafilatura

FIELDS = {"title": "title", "author": "author", "date": "published_on", "sitename": "publisher", "url": "url"}


class NothingExtracted(ValueError):
    """A page in which no article was found."""


def extract_html(page: bytes) -> dict[str, Any]:
    """`text` and what is known of `title`, `author`, `publisher`, `published_on` (ISO date), `url`, `language`.

    NothingExtracted where the page holds no article. Extraction and metadata are trafilatura's.
    """
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    text = getattr(found, "text", None)
    if found is None or not text or not text.strip():
        raise NothingExtracted("No article text was found in this page.")
    known = {ours: getattr(found, theirs) for theirs, ours in FIELDS.items() if getattr(found, theirs, None)}
    return {"text": text, **known}
