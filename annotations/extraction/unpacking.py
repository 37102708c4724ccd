"""Content codings that a server applied although none was asked for. Pure."""

import zlib

from annotations.extraction.found import NothingExtracted
from annotations.messages import gettext as _

MOST = 50_000_000  # bytes


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its content coding. NothingExtracted (`coding`, `too_large`, `broken`) where that cannot be."""
    for coding in reversed([one.strip().lower() for one in encoding.split(",") if one.strip()]):
        if coding in ("identity", ""):
            continue
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise NothingExtracted("coding", _("The document came packed as “%(coding)s”.", coding=coding))
        body = _inflated(body, raw=coding == "deflate" and not _has_zlib_head(body))
    return body


def _has_zlib_head(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _inflated(body: bytes, *, raw: bool) -> bytes:
    reader = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
    try:
        found = reader.decompress(body, MOST + 1)
    except zlib.error:
        raise NothingExtracted("broken", _("The document came packed, and is broken.")) from None
    if len(found) > MOST:
        told = _("Unpacked the document has more than %(n)s MB.", n=MOST // 1_000_000)
        raise NothingExtracted("too_large", told)
    return found
