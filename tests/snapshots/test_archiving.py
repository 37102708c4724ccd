"""What a stored response brought is read as the fetcher read it."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotations.fetching.asking import Hop
from annotations.snapshots.archiving import Unreadable, payload, write_fetch

AT = datetime(2026, 11, 23, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def brought(folder: Path, received: bytes) -> bytes:
    """The payload of a WARC file of one hop that received these bytes."""
    (folder / "r").write_bytes(received)
    hop = Hop("http://a.example/", folder / "r", folder / "b", AT, request=b"GET / HTTP/1.1\r\n\r\n", status=200)
    write_fetch(folder / "x.warc.gz", [hop], "test/1")
    return b"".join(payload(io.BytesIO((folder / "x.warc.gz").read_bytes())))


@pytest.mark.parametrize(
    "received",
    [
        OK + b"Content-Length: 5\r\n\r\nwords",
        OK + b"\r\nwords",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nwo\r\n3\r\nrds\r\n0\r\nX-Sum: 1\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nwords",
        b"HTTP/1.0 200 OK\n\nwords",
    ],
)
def test_however_it_was_sent(tmp_path: Path, received: bytes) -> None:
    assert brought(tmp_path, received) == b"words"


@pytest.mark.parametrize(
    "received", [OK + b"Content-Length: 9\r\n\r\nwords", OK + b"Transfer-Encoding: chunked\r\n\r\nzz"]
)
def test_half_a_response_is_no_whole_one(tmp_path: Path, received: bytes) -> None:
    with pytest.raises(Unreadable):
        brought(tmp_path, received)
