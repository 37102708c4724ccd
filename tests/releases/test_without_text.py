"""A release whose texts may not be passed on has every claim, no text, and can still be verified."""

from pathlib import Path

import orjson
import pytest
from django.core.management import CommandError, call_command

from annotations.releases.formats import native
from annotations.releases.models import Release
from annotations.releases.verifying import examine
from tests.factories.claims import Desk
from tests.factories.releases import NAMES, contents, published, records, shelf
from tests.personas import Person

WITHOUT = {"doccano.jsonl", "labelstudio.json", "labelstudio_config.xml"}


@pytest.fixture
def files(at: Desk) -> dict[str, bytes]:
    shelf(at)
    return contents(published(at, include_text=False))


def written(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return folder


def test_no_file_has_a_text_and_every_file_of_texts_is_left_out(files: dict[str, bytes]) -> None:
    assert set(files) == set(NAMES) - WITHOUT
    lines = [orjson.loads(line) for line in files["claims.jsonl"].splitlines()]
    assert {line["text"] for line in lines if line["type"] == "article"} == {None}
    assert [line["anchors"][0]["exact"] for line in lines if line["type"] == "claim"]
    manifest = orjson.loads(files["manifest.json"])
    assert manifest["text_included"] is False
    assert any("SHA-256" in reason for reason in manifest["left_out"])
    assert "Label Studio" in files["README.md"].decode()


def test_it_verifies_and_tells_of_a_span_that_cannot_be(files: dict[str, bytes], tmp_path: Path) -> None:
    assert not any(examine(written(files, tmp_path / "whole")).values())
    lines = [orjson.loads(line) for line in files["claims.jsonl"].splitlines()]
    next(line for line in lines if line["type"] == "claim")["anchors"][0]["start"] += 1
    changed = b"".join(map(native.line, lines))
    found = examine(written({**files, "claims.jsonl": changed}, tmp_path / "changed"))
    assert any("not as long as its span" in problem for problem in found["claims.jsonl"])


def test_asked_for_in_the_form_and_over_http(at: Desk) -> None:
    shelf(at)
    ann = Person(at.ann).browser
    form = {"title": "Quotes", "license": "CC0-1.0", "status": ["verified"], "without_text": "on"}
    ann.post("/projects/desk/releases/new/", form)
    ann.post(
        "/api/v1/projects/desk/releases/",
        {"title": "Quotes", "license": "CC0-1.0", "include_text": False},
        content_type="application/json",
    )
    assert list(Release.objects.values_list("text_included", flat=True)) == [False, False]


def test_a_format_that_it_lacks_is_told(at: Desk, tmp_path: Path) -> None:
    shelf(at)
    release = published(at, include_text=False)
    assert records(release, "claim")
    with pytest.raises(CommandError, match="made without texts"):
        call_command("export_release", "desk", "--format", "doccano", "--output", str(tmp_path / "out"))
