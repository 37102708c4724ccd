"""Documents made to harm end with a reason, inside their limits; the process that asked does not grow."""

import io
import os
import random
import resource
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from annotations.extraction import server
from annotations.extraction.documents import Document, NothingExtracted, extract
from annotations.extraction.limited import extract as limited

MB = 1_000_000
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{ENTITIES}]>'


def zeros(total: int, wbits: int) -> bytes:
    """So many zeros, packed."""
    packer, piece = zlib.compressobj(9, zlib.DEFLATED, wbits), b"\0" * (10 * MB)
    return b"".join(packer.compress(piece) for _ in range(total // len(piece))) + packer.flush()


def ten_gigabytes() -> bytes:
    """A gzip of 10 GB: one packed block of zeros, again and again (RFC 1952 lets members follow each other)."""
    return zeros(1000 * MB, 31) * 10


def archive(**members: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return body.getvalue()


def word_with(name: str, content: bytes) -> bytes:
    """A Word document with one of its members exchanged."""
    whole, body = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return body.getvalue()


def locked() -> bytes:
    writer, body = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(body)
    return body.getvalue()


def pdf(stream: bytes, more: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF of one page with this content."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d %s>>stream\n" % (len(stream), more) + stream + b"\nendstream",
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )


def looped() -> bytes:
    return pdf(b"", b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")


CASES: dict[str, tuple[Callable[[], bytes], dict[str, str], str]] = {
    "gzip of 10 GB": (ten_gigabytes, {"encoding": "gzip"}, "too_large"),
    "packed twice": (lambda: zlib.compress(zeros(100 * MB, 31)), {"encoding": "gzip, deflate"}, "too_large"),
    "100,000 nested tags": (lambda: b"<html><body>" + b"<div>" * 100_000 + b"deep", {}, "no_text broken limits"),
    "1 MB without a space": (lambda: b"<html><body><p>" + b"x" * MB + b"</p></body></html>", {}, "read"),
    "feed of entities": (
        f"{BOMB}<rss><channel><title>&a9;</title></channel></rss>".encode, {}, "read no_text broken limits",
    ),
    "page of entities": (f"{BOMB}<html><body><p>&a9;</p></body></html>".encode, {}, "read no_text broken"),
    "document of entities": (
        lambda: word_with("word/document.xml", f"{BOMB}<w>&a9;</w>".encode()), {}, "broken no_text limits",
    ),
    "member outside": (lambda: word_with("../../etc/cron.d/x", b"x"), {}, "broken"),
    "absolute member": (lambda: word_with("/etc/x", b"x"), {}, "broken"),
    "zip bomb": (lambda: word_with("word/media/a.bin", b"\0" * (200 * MB)), {}, "too_large"),
    "no document": (lambda: archive(a=b"x"), {}, "no_text"),
    "locked": (locked, {}, "locked"),
    "PDF of a huge stream": (lambda: pdf(zlib.compress(b"\0" * (300 * MB))), {}, "broken no_text limits"),
    "PDF that leads to itself": (looped, {}, "broken no_text limits"),
    "broken PDF": (lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(5000), {}, "broken no_text"),
    "broken WARC": (lambda: b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nx", {}, "broken no_text"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100, {}, "no_text"),
    "nothing": (lambda: b"", {}, "no_text"),
    "too many characters": (lambda: b"A word.\n" * 300_000, {}, "too_long"),
    "too many lines": (lambda: b"x\n" * 60_000, {}, "too_long"),
    "comments without end": (lambda: b"<!---->" * 140 + b"<p>A word.</p>", {}, "read no_text"),
    "languages without end": (lambda: b"<html" * 200_000 + b" lang=de><p>A word.", {}, "read no_text broken"),
    "unknown coding": (lambda: b"x", {"encoding": "br"}, "coding"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_ends_with_a_reason_inside_its_limits(name: str, tmp_path: Path) -> None:
    make, about, codes = CASES[name]
    path = tmp_path / "document"
    path.write_bytes(make())
    begun, before = time.monotonic(), psutil.Process().memory_info().rss
    try:
        found = limited(path, **about)
        outcome = "read"
        assert len(found.text) <= 2 * MB
    except NothingExtracted as error:
        outcome = error.code
        assert str(error).endswith(".")
    assert outcome in codes.split()
    assert time.monotonic() - begun < server.SECONDS + 6
    assert psutil.Process().memory_info().rss - before < 64 * MB


def too_large() -> None:
    bytearray(5_000 * MB)


def too_long() -> None:
    while True:
        pass


def too_much() -> None:
    Path(tempfile.mkstemp()[1]).write_bytes(b"x" * 50 * MB)


@pytest.mark.parametrize("work", [too_large, too_long, too_much])
def test_a_reader_past_its_limits_is_stopped(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS", 3)
    monkeypatch.setattr(server, "CPU_SECONDS", 2)
    if (child := os.fork()) == 0:
        try:
            server.limit()
            work()
        except (MemoryError, OSError):
            os._exit(3)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 3


def test_who_asks_may_stop_it(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def tick() -> None:
        raise Stopped

    path = tmp_path / "slow"
    path.write_bytes(pdf(zlib.compress(b"(x) Tj " * 3_000_000)))
    begun = time.monotonic()
    with suppress(Stopped, NothingExtracted):
        limited(path, tick=tick)
    assert time.monotonic() - begun < 5


@settings(max_examples=200, deadline=None)
@given(
    body=st.one_of(st.binary(max_size=2000), st.text(max_size=500).map(lambda text: f"<html>{text}".encode())),
    kind=st.sampled_from(
        ["", "text/html", "text/plain", "application/pdf", "application/rss+xml", "text/html; charset=x"]
    ),
    encoding=st.sampled_from(["", "gzip", "deflate", "br"]),
)
def test_whatever_comes_there_is_a_document_or_a_reason(body: bytes, kind: str, encoding: str) -> None:
    try:
        found = extract(body, kind, encoding=encoding)
    except NothingExtracted as error:
        assert error.code and str(error)
    else:
        assert isinstance(found, Document)
        assert "\0" not in found.text and "\r" not in found.text


def test_the_limits_are_those_that_are_told() -> None:
    assert (server.CPU_SECONDS, server.SECONDS) == (20, 30)
    assert server.MEMORY < 1024 * MB
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY
