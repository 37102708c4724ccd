"""claims.json: the native form as one JSON document. Pure.

The release's record is `release`; every other record stands, exactly as its line, in the list of its kind, in the order
of the lines. A list is written in a pass of its own, so that none is ever held.
"""

from collections.abc import Iterable, Iterator

import orjson

from annotations.releases.formats.documents import joined
from annotations.releases.formats.native import records

LISTS = {
    "codebook": "codebooks",
    "withdrawn": "withdrawn",
    "article": "articles",
    "claim": "claims",
    "evidence": "evidence",
    "label": "labels",
    "decision": "decisions",
}


def write(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The file, from the lines of the native form."""
    release = next(records(lines))
    shared = {name: release[name] for name in ("format", "format_version")}
    yield orjson.dumps(shared)[:-1] + b',\n"release":' + orjson.dumps(release, option=orjson.OPT_SORT_KEYS)
    for kind, name in LISTS.items():
        yield f',\n"{name}":'.encode()
        yield from joined(_of(kind, lines))
    yield b"}\n"


def _of(kind: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of one kind without their ends. Quotes within texts are escaped: without `token` a line is another."""
    token = f'"type":"{kind}"'.encode()
    for line in lines:
        if token in line and orjson.loads(line)["type"] == kind:
            yield line.rstrip(b"\n")
