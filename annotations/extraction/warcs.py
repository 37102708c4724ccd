"""The first page in a WARC file, by warcio. Pure."""

from io import BytesIO
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from annotations.extraction.found import NothingExtracted
from annotations.extraction.unpacking import MOST
from annotations.messages import gettext as _

READABLE = ("html", "pdf", "text/plain", "wordprocessingml")


class Page(NamedTuple):
    """What an archived response brought: its address, its body without codings, its media type."""

    url: str
    body: bytes
    media_type: str


def first_page(body: bytes) -> Page:
    """The first readable response. NothingExtracted without one."""
    try:
        for record in ArchiveIterator(BytesIO(body)):
            if record.rec_type == "response" and record.http_headers:
                kind = record.http_headers.get_header("Content-Type") or ""
            elif record.rec_type == "resource":
                kind = record.rec_headers.get_header("Content-Type") or ""
            else:
                continue
            if any(word in kind for word in READABLE) and _answered(record):
                found = record.content_stream().read(MOST + 1)
                if len(found) > MOST:
                    break
                return Page(record.rec_headers.get_header("WARC-Target-URI") or "", found, kind)
    except (ArchiveLoadFailed, EOFError, ValueError):
        raise NothingExtracted("broken", _("The WARC file is broken.")) from None
    raise NothingExtracted("no_text", _("The WARC file has no page in it."))


def _answered(record: object) -> bool:
    headers = getattr(record, "http_headers", None)
    return headers is None or headers.get_statuscode().startswith("2")
