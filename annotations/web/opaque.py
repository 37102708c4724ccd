"""Small strings that go out to clients and come back, and that nobody outside can read or make.

Cursors carry positions such as event numbers, and a number that can be read can be compared and counted. The same text
always seals to the same string, so two equal pages stay equal byte for byte. The construction is a synthetic IV
(RFC 5297's idea) with HMAC-SHA256 as the tag and SHAKE-256 as the stream; it keeps a position private, no more.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings

TAG = 12  # bytes: forging one takes 2^96 requests
MAX_LENGTH = 1000


def seal(purpose: str, text: str) -> str:
    """`text` as an URL-safe string that only `unseal` with the same `purpose` reads."""
    plain = text.encode()
    tag = _tag(purpose, plain)
    return urlsafe_b64encode(tag + _stream(purpose, tag, plain)).rstrip(b"=").decode()


def unseal(purpose: str, sealed: str) -> str | None:
    """The text that was sealed for this `purpose`; None for anything else."""
    if len(sealed) > MAX_LENGTH:
        return None
    try:
        raw = urlsafe_b64decode(sealed.encode("ascii") + b"=" * (-len(sealed) % 4))
    except ValueError:
        return None
    plain = _stream(purpose, raw[:TAG], raw[TAG:])
    return plain.decode() if hmac.compare_digest(_tag(purpose, plain), raw[:TAG]) else None


def _tag(purpose: str, plain: bytes) -> bytes:
    return hmac.digest(_key("tag", purpose), plain, "sha256")[:TAG]


def _stream(purpose: str, tag: bytes, data: bytes) -> bytes:
    """`data` under the key stream that belongs to `tag`; doing it twice gives `data` back."""
    stream = hashlib.shake_256(_key("stream", purpose) + tag).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))


def _key(use: str, purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"annotations.web.opaque {use} {purpose}".encode(), "sha256")
