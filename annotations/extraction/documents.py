"""The text of a document of any kind, and what it says of itself. Pure: bytes in, a document out.

Documents are hostile: `limited.extract` runs this in a process with limits.
"""

import re
from collections.abc import Callable

from annotations.extraction import feeds, office, pages, warcs
from annotations.extraction.found import Document, NothingExtracted
from annotations.extraction.unpacking import unpacked
from annotations.messages import gettext as _

MOST = 2_000_000  # code points
MOST_LINES = 50_000

Reader = Callable[[bytes, str], Document]

KINDS: dict[str, Reader] = {
    "html": pages.read_html,
    "text": pages.read_text,
    "pdf": office.read_pdf,
    "docx": office.read_docx,
    "feed": feeds.read_feed,
}
TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/warc": "warc",
}
ENDINGS = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "txt": "text",
    "md": "text",
    "pdf": "pdf",
    "docx": "docx",
    "rss": "feed",
    "atom": "feed",
    "warc": "warc",
    "gz": "warc",
}
SIGNS = [
    (re.compile(rb"%PDF"), "pdf"),
    (re.compile(rb"PK\x03\x04"), "docx"),
    (re.compile(rb"WARC/1|\x1f\x8b"), "warc"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|II\*\0|MM\0\*"), "picture"),
    (re.compile(rb"(?is)(?><\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(rss|feed|rdf:RDF)\b"), "feed"),
]
HTML = re.compile(rb"(?i)(<\?xml[^>]*>\s*)?<(!doctype html|html|head|body)\b")


def extract(body: bytes, media_type: str = "", *, encoding: str = "", name: str = "") -> Document:
    """The document in these bytes; `media_type` may name its charset, `encoding` is the content coding it came in.

    NothingExtracted, with its code, for what has no text, is broken, locked or of no known kind.
    """
    body = unpacked(body, encoding)
    try:
        found = _read(body, media_type, name)
    except (NothingExtracted, MemoryError):
        raise
    except Exception as error:  # whatever a reader makes of a broken document
        raise NothingExtracted("broken", _("The document is broken: %(why)s.", why=type(error).__name__)) from None
    if not found.text.strip() and not found.links:
        raise NothingExtracted("no_text", _("There is no text in the document."))
    if len(found.text) > MOST or found.text.count("\n") > MOST_LINES:
        limits = {"n": f"{MOST:,}", "lines": f"{MOST_LINES:,}"}
        told = _("The text is longer than %(n)s characters or %(lines)s lines. Upload the part you need.", **limits)
        raise NothingExtracted("too_long", told)
    return found


def _read(body: bytes, media_type: str, name: str) -> Document:
    kind = _kind(body, media_type, name)
    if kind == "warc":
        inside = warcs.first_page(body)
        return extract(inside.body, inside.media_type)
    if kind not in KINDS:
        raise NothingExtracted("no_text", _("No text can be read out of a document of this kind."))
    return KINDS[kind](body, media_type)


def _kind(body: bytes, media_type: str, name: str) -> str:
    """By the first bytes where these say it, then by the media type, then by the name."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    by_bytes = next((kind for pattern, kind in SIGNS if pattern.match(start)), "")
    by_type = "picture" if media_type.startswith(("image/", "audio/", "video/")) else TYPES.get(_plain(media_type), "")
    by_name = ENDINGS.get(name.rpartition(".")[2].lower(), "")
    return (
        by_bytes or by_type or (HTML.match(start) and "html") or by_name or ("text" if _is_text(start) else "unknown")
    )


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _is_text(start: bytes) -> bool:
    return b"\0" not in start and bool(start) and pages.decodes(start)


__all__ = ["Document", "NothingExtracted", "extract"]
