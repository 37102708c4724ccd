"""Web pages and plain text. Extraction and metadata of pages are trafilatura's. Pure."""

import codecs
import re
from email.message import Message as Headers
from typing import Any

import trafilatura
from charset_normalizer import from_bytes
from lxml import html as lxml_html

from annotations.extraction.found import Document, NothingExtracted, clean, line
from annotations.messages import gettext as _

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(
    r"<html[^<>]*\s(?:xml:)?lang\s*=\s*[\"']?\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)", re.IGNORECASE
)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
FIELDS = {"title": "title", "author": "author", "publisher": "sitename", "published_on": "date", "url": "url"}
PRESCAN = 4096
DEEPEST = 2000


def read_html(body: bytes, media_type: str) -> Document:
    """The article in a page."""
    page = _XML_HEAD.sub("", decoded(body, media_type))
    tree = lxml_html.fromstring(page)
    _refuse_deep(tree)
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    if found is None:
        raise NothingExtracted("no_text", _("No article was found in this page."))
    told = _LANGUAGE.search(page[: PRESCAN * 4])
    said: dict[str, Any] = {ours: line(getattr(found, theirs, "")) for ours, theirs in FIELDS.items()}
    # As the page writes it: names in scripts without capitals lose letters otherwise.
    said["author"] = line(next(iter(tree.xpath("//meta[@name='author']/@content")), "")) or said["author"]
    text = clean(getattr(found, "text", None) or "").strip("\n")
    return Document(text, language=told[1] if told else "", **said)


def read_text(body: bytes, media_type: str) -> Document:
    """A plain text."""
    return Document(text=clean(decoded(body, media_type)))


def decoded(body: bytes, media_type: str) -> str:
    """The characters of a body: by its mark, its media type, what the page says, as UTF-8, or as it looks."""
    for mark, name in _MARKS.items():
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    said = _META.search(body[:PRESCAN])
    for name in (_charset(media_type), said[1].decode("ascii") if said else "", "utf-8"):
        try:
            if name:
                return body.decode(_whatwg(name))
        except (LookupError, UnicodeDecodeError):
            continue
    best = from_bytes(body[: PRESCAN * 64]).best()
    return body.decode(best.encoding if best else "latin-1", "replace")


def decodes(start: bytes) -> bool:
    """Whether the beginning of a body looks like text."""
    return sum(byte < 9 or 13 < byte < 32 for byte in start) * 20 < len(start)


def _whatwg(name: str) -> str:
    """What browsers take a name of a charset for (WHATWG Encoding, 4.2): Latin-1 is windows-1252 there."""
    known = codecs.lookup(name).name
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(known, known)


def _charset(media_type: str) -> str:
    headers = Headers()
    headers["Content-Type"] = media_type
    return headers.get_content_charset("") or ""


def _refuse_deep(tree: Any) -> None:
    """Readers walk a page's tree by recursion: what is nested deeper than any page is refused before."""
    depth, levels = 0, [tree]
    while levels:
        depth += 1
        if depth > DEEPEST:
            raise NothingExtracted("broken", _("The page is nested more than %(n)s deep.", n=DEEPEST))
        levels = [child for node in levels for child in node]
