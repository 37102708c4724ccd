"""Files that nobody means well with: each is refused with a 4xx or told item by item; what is good is kept."""

import io
import json
import struct
import zipfile
from typing import Any

import pytest

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.importing.formats import READERS
from tests.importing import files
from tests.importing.asking import bring, look, send
from tests.importing.files import FACT, TEXT
from tests.personas import Team

pytestmark = pytest.mark.django_db
DEEP = b"[" * 100_000 + b"]" * 100_000
WHOLE = ["label_studio", "hypothesis", "uima_cas_json", "claimreview"]
VALUES: list[Any] = [
    None,
    True,
    -1,
    1.5,
    2**70,
    "",
    "\0",
    "👩",
    [],
    [[]],
    {},
    {"a": [None]},
    [None, 3, "x"],
    "9" * 5000,
]


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize(
    "body",
    [b"", b'[{"id": 1, "data"', DEEP, b"[NaN]", b'["\\ud800"]', b"\xff\xff", b"[1e999]\x00", b'{"a":1}{"b":2}'],
)
def test_a_broken_whole_is_refused(at: Team, form: str, body: bytes) -> None:
    told = send(at.ann, body, want=400, format=form)
    assert told["errors"]
    assert send(at.ann, body, want=400, format=form, dry_run="true")["errors"]
    send(at.ann, body, want=400)


@pytest.mark.parametrize("form", ["doccano", "native"])
@pytest.mark.parametrize(
    "line",
    [b'{"text": "a', b"NaN", DEEP, b'{"text": "\\ud800"}', b"[1]", b"null", b'{"text": 7}', b'{"text": "\\u0000"}'],
)
def test_a_broken_line_is_told_and_the_others_are_kept(at: Team, form: str, line: bytes) -> None:
    good = json.dumps({"text": TEXT, "label": [[*files.points(TEXT, FACT), "fact"]]}).encode()
    if form == "native":
        article = {"type": "article", "text": TEXT, "version": {}}
        start, end = files.points(TEXT, FACT)
        claim = {"type": "claim", "anchors": [{"start": start, "end": end, "exact": FACT}], "label": {}}
        good = json.dumps(article).encode() + b"\n" + json.dumps(claim).encode()
    job = bring(at, line + b"\n" + good + b"\n", format=form)
    assert job["state"] == "succeeded"
    assert "line 1" in [error["item"] for error in job["errors"]]
    assert Claim.objects.get().exact == FACT


def mutants(value: Any) -> list[Any]:
    """The value with each of its parts, one at a time, replaced by each of what it should not be."""
    if isinstance(value, dict):
        return [*VALUES, *({**value, key: part} for key, old in value.items() for part in mutants(old))]
    if isinstance(value, list):
        return [
            *VALUES,
            *([*value[:at], part, *value[at + 1 :]] for at, old in enumerate(value) for part in mutants(old)),
        ]
    return VALUES


SEEDS = {
    "label_studio": files.task(annotations=files.task()["annotations"][:1]),
    "hypothesis": {"rows": [files.annotation(FACT)]},
    "uima_cas_json": json.loads(files.cas()),
    "claimreview": files.claim_review(),
}


@pytest.mark.parametrize("form", sorted(SEEDS))
def test_parts_of_another_type_never_break_a_reader(at: Team, form: str) -> None:
    seeds = mutants(SEEDS[form])
    assert len(seeds) > 200
    for seed in seeds[::3]:
        body = json.dumps([seed] if form == "label_studio" else seed).encode()
        if send(at.ann, body, want=None, format=form, dry_run="true").get("status") == 400:
            continue
    assert not Article.objects.exists()


def test_lines_of_another_type_never_break_a_reader(at: Team) -> None:
    seed = json.loads(files.doccano().splitlines()[2])
    lines = [json.dumps(each).encode() for each in mutants(seed)]
    told = look(at, b"\n".join(lines), format="doccano")
    assert told["rejected"] > 50
    record = {
        "type": "claim",
        "anchors": [{"start": 0, "end": 3, "exact": "Zur"}],
        "checks": [{"verdict": "supported"}],
        "label": {"value": "opinion"},
    }
    article = {"type": "article", "text": TEXT, "url": "https://x.example", "version": {"sha256": "0" * 64}}
    lines = [json.dumps(each).encode() for seed in (article, record) for each in mutants(seed)]
    assert look(at, b"\n".join(lines), format="native")["rejected"] > 20
    job = bring(at, b"\n".join(lines), format="native")
    assert job["state"] == "succeeded"


def test_texts_that_cannot_be_stored(at: Team) -> None:
    bad = [
        {"id": n, "data": {"text": text}, "annotations": []} for n, text in enumerate(("\0a", " ", "x" * 5_000_001), 1)
    ]
    told = bring(at, files.label_studio(*bad, files.task(4)))
    assert told["result"]["articles"] == 1
    assert {"task 1", "task 2", "task 3"} <= {error["item"] for error in told["errors"]}


def test_names_no_table_can_hold_are_shown_without_them(at: Team) -> None:
    wild = files.region(FACT, "a\0b" + "x" * 500, key="\0")
    body = files.label_studio(files.task(annotations=[{"id": 1, "completed_by": "\0", "result": [wild]}]))
    job = bring(at, body, name="../../etc/pass\nwd")
    assert job["state"] == "succeeded", job
    [name] = job["result"]["labels"]["names"]
    assert name["name"].startswith("a�b") and len(name["name"]) == 81


@pytest.mark.parametrize(
    "body", [b'text,start,end\n"open,1,2', b"text,start,end\na\0b,1,2\n", b"text,start,end\n,,,,,,\n"]
)
def test_broken_tables(at: Team, body: bytes) -> None:
    assert look(at, body, format="csv")["claims"] == 0


def test_a_file_that_is_too_large(at: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.importing.services.MOST_BYTES", 1000)
    send(at.ann, b"[" + b" " * 1000 + b"]", want=413, format="label_studio")
    send(at.ann, b"[" + b" " * 1000 + b"]", want=413, format="label_studio", dry_run="true")


@pytest.mark.parametrize(
    "fields", [{"format": "xml"}, {"unit": "furlong"}, {"labels": "["}, {"dry_run": "perhaps"}, {"labels": "[" * 9999}]
)
def test_fields_that_make_no_sense(at: Team, fields: dict[str, str]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x", files.label_studio())
    answer = at.ann.program.post("/api/v1/projects/desk/imports/", {"file": file, "format": "auto", **fields})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(fields)


def zipped(**files: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def lying() -> bytes:
    """A zip that says its file has three bytes, and unpacks to more than is allowed."""
    body = bytearray(zipped(a=b"\0" * 300_000_000))
    directory = body.index(b"PK\x01\x02")
    body[directory + 24 : directory + 28] = struct.pack("<I", 3)
    return bytes(body)


def boasting() -> bytes:
    """A zip that says its file has a gigabyte, and has next to nothing."""
    body = bytearray(zipped(a=b"x"))
    directory = body.index(b"PK\x01\x02")
    body[directory + 24 : directory + 28] = struct.pack("<I", 1_000_000_000)
    return bytes(body)


def many() -> bytes:
    return zipped(**{f"f{n}": b"" for n in range(2000)})


ZIPS = {
    "empty": zipped(),
    "cut off": zipped(a=b"x" * 1000)[:-30],
    "up": zipped(**{"../a": b"x"}),
    "root": zipped(**{"/etc/a": b"x"}),
    "up inside": zipped(**{"a/../../b": b"x"}),
    "backslash": zipped(**{"..\\a": b"x"}),
    "two folders": zipped(**{"a/x": b"x", "b/y": b"y"}),
    "strange": zipped(**{"manifest.json": b"{}", ".hidden": b"x"}),
    "no release": zipped(**{"manifest.json": b"{}"}),
    "not a manifest": zipped(**{"manifest.json": b"[" * 100_000}),
}


@pytest.mark.parametrize("name", ZIPS)
def test_zips_that_are_no_release(at: Team, name: str) -> None:
    assert send(at.ann, ZIPS[name], want=400, format="release", dry_run="true")["errors"]["file"]
    job = bring(at, ZIPS[name], format="release")
    assert job["state"] == "failed" and job["errors"][0]["detail"]


@pytest.mark.parametrize("make", [many, lying, boasting, lambda: zipped(a=b"\0" * 201_000_000)])
def test_zips_that_are_bombs(at: Team, make: Any) -> None:
    send(at.ann, make(), want=400, format="release", dry_run="true")


def test_every_reader_is_tried_here() -> None:
    assert set(READERS) == {*SEEDS, "doccano", "native", "csv"}
