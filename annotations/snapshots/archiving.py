"""One snapshot as one WARC file (ISO 28500:2017, WARC/1.1), written and read by warcio. Pure.

A fetch is a warcinfo record, then for each hop the response and the request as they went over the wire, and a metadata
record (address, certificate). An upload is a warcinfo and a resource record.
"""

import io
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import h11
import orjson
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from annotations.fetching.asking import Hop

PIECE = 1024 * 1024
MOST_HEAD = 100 * 1024  # bytes, as httpcore lets heads have
VERSION = "WARC/1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


class Unreadable(ValueError):
    """A file that is no WARC file of ours."""


class _Writer(WARCWriter):
    """Writes blocks byte for byte; their digests are of the block, for what counts as payload differs between tools."""

    NO_PAYLOAD_DIGEST_TYPES = ("warcinfo", "response", "request", "metadata", "resource")

    def __init__(self, file: BinaryIO, fetcher: str) -> None:
        super().__init__(file, gzip=True, warc_version=VERSION)
        facts = {"software": fetcher, "format": "WARC File Format 1.1", "conformsTo": CONFORMS_TO}
        self.write_record(self.create_warcinfo_record("", facts))

    def add(self, kind: str, uri: str, block: BinaryIO, content_type: str, at: datetime, **more: str) -> str:
        """Write what is left of `block` as one record; its id."""
        place = block.tell()
        length = block.seek(0, io.SEEK_END) - place
        block.seek(place)
        headers = StatusAndHeaders("", [], protocol=VERSION)
        record_id = str(self._make_warc_id())
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        named = {"WARC-Type": kind, "WARC-Record-ID": record_id, "WARC-Target-URI": uri, "WARC-Date": moment}
        for name, value in {**named, **{key.replace("_", "-"): value for key, value in more.items()}}.items():
            headers.add_header(name, value)
        self.write_record(ArcWarcRecord("warc", kind, headers, block, None, content_type, length))
        return record_id


def write_fetch(path: Path, hops: Sequence[Hop], fetcher: str) -> None:
    """Write the WARC file of a fetch, as far as it came, to a new file."""
    with path.open("xb") as file:
        writer = _Writer(file, fetcher)
        for hop in (hop for hop in hops if hop.request):
            concurrent = {"WARC_IP_Address": hop.address}
            if hop.status:
                with hop.response.open("rb") as received:
                    _skip_interim(received)
                    kind = "application/http; msgtype=response"
                    record = writer.add("response", hop.url, received, kind, hop.started_at, **concurrent)
                concurrent["WARC_Concurrent_To"] = record
            sent = io.BytesIO(hop.request)
            writer.add("request", hop.url, sent, "application/http; msgtype=request", hop.started_at, **concurrent)
            facts = io.BytesIO(orjson.dumps({"address": hop.address, "certificate": pem(hop.certificate)}))
            writer.add("metadata", hop.url, facts, "application/json", hop.started_at, **concurrent)


def write_upload(path: Path, content: Path, *, uri: str, media_type: str, at: datetime, fetcher: str) -> None:
    """Write the WARC file of an uploaded file to a new file."""
    with path.open("xb") as file, content.open("rb") as block:
        _Writer(file, fetcher).add("resource", uri, block, media_type or "application/octet-stream", at)


def payload(warc: BinaryIO) -> Iterator[bytes]:
    """What the last response (or the upload) brought, in pieces: transfer coding taken off, content coding as it came.

    Unreadable where there is none, or the file is damaged.
    """
    try:
        places = [n for n, record in enumerate(_records(warc)) if _brings(record)]
        if not places:
            raise Unreadable("The file has no response in it.")
        warc.seek(0)
        record = next(record for n, record in enumerate(_records(warc)) if n == places[-1])
        yield from _body(record)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, h11.RemoteProtocolError) as error:
        raise Unreadable(str(error)) from error


def pem(certificate: bytes | None) -> str | None:
    """A certificate as text, for people and tools to read."""
    return ssl.DER_cert_to_PEM_cert(certificate) if certificate else None


def _records(warc: BinaryIO) -> Iterator[ArcWarcRecord]:
    """The records of a file, their blocks not taken apart."""
    yield from ArchiveIterator(warc, no_record_parse=True)


def _brings(record: ArcWarcRecord) -> bool:
    return record.rec_type in ("response", "resource")


def _body(record: ArcWarcRecord) -> Iterator[bytes]:
    """What a record brought; a response is read as the fetcher read it, by h11."""
    if record.rec_type == "resource":
        while piece := record.raw_stream.read(PIECE):
            yield piece
        return
    reader = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEAD)
    reader.send(h11.Request(method="GET", target="/", headers=[("Host", "archive")]))
    reader.send(h11.EndOfMessage())
    while not isinstance(event := reader.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            reader.receive_data(record.raw_stream.read(PIECE))
        elif isinstance(event, h11.Data):
            yield bytes(event.data)
        elif event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
            raise Unreadable("The response breaks off.")


def _skip_interim(received: BinaryIO) -> None:
    """Go past heads of interim answers (1xx, such as early hints): readers take the first head for the answer's."""
    while True:
        place = received.tell()
        line = received.readline(PIECE)
        if not line.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")):
            received.seek(place)
            return
        while line.strip():
            line = received.readline(PIECE)
