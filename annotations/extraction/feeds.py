"""RSS and Atom feeds, by feedparser; it is given bytes, and never an address. Pure."""

from io import BytesIO
from time import strftime
from typing import Any

import feedparser

from annotations.extraction.found import Document, Link, NothingExtracted, line
from annotations.messages import gettext as _

MOST = 500  # entries


def read_feed(body: bytes, _media_type: str) -> Document:
    """The links of a feed, as they stand in it."""
    feed = feedparser.parse(BytesIO(body))
    links = tuple(_link(entry) for entry in feed.entries[:MOST] if entry.get("link"))
    if not links:
        raise NothingExtracted("no_text", _("The feed has no entry with a link."))
    told = feed.feed
    return Document(text="", title=line(told.get("title")), language=line(told.get("language")), links=links)


def _link(entry: Any) -> Link:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return Link(line(entry.link), line(entry.get("title")), strftime("%Y-%m-%d", moment) if moment else "")
