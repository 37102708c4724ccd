"""Media types as others name them, made safe to be stored and sent back in a header. Pure."""

import re

UNKNOWN = "application/octet-stream"
MOST = 200
_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_NAMED = re.compile(rf"({_WORD}/{_WORD})\s*(;[\x20-\x7e]*)?")


def media_type(given: str) -> str:
    """Type and subtype as given (RFC 9110, 8.3.1), with plain parameters; `UNKNOWN` for what is none."""
    named = _NAMED.fullmatch(given.strip())
    if named is None:
        return UNKNOWN if given else ""
    return named[0] if len(named[0]) <= MOST else named[1] if len(named[1]) <= MOST else UNKNOWN
