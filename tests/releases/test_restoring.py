"""A release goes out, into an empty instance, and out again: the same bytes; and nothing else gets in."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from annotations.importing import tasks
from annotations.releases.formats import manifest
from annotations.releases.formats.findings import findings
from annotations.releases.models import Release
from tests.emptying import empty_tables
from tests.factories.claims import Desk, verified
from tests.factories.releases import published, shelf
from tests.personas import Person, team
from tests.releases.shapes import folder as made_by_hand


def export(slug: str, place: Path, *more: str) -> Path:
    call_command("export_release", slug, "--output", str(place), *more)
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def zipped(folder: Path, within: str = "") -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"{within}{path.name}")
    return body.getvalue()


@pytest.fixture
def exported(at: Desk, tmp_path: Path) -> Path:
    """The files of the second release of a project with claims at every step of their way."""
    shelf(at)
    published(at)
    published(at, title="Kalda bridge, again")
    return export("desk", tmp_path / "first")


def emptied(store: Path) -> None:
    empty_tables()
    shutil.rmtree(store)


def test_out_and_in_and_out_again_are_the_same_bytes(exported: Path, store: Path, tmp_path: Path) -> None:
    emptied(store)
    ann = team(slug="elsewhere").ann
    call_command("import_release", str(exported), "elsewhere")
    again = export("elsewhere", tmp_path / "again")
    assert contents(again) == contents(exported)
    call_command("verify_release", str(again))
    told = json.loads((exported / "manifest.json").read_bytes())
    [row] = ann.every("projects/elsewhere/releases/")
    assert (row["number"], row["title"], row["public_id"]) == (2, "Kalda bridge, again", told["id"])
    assert row["imported_at"] and row["filter"] == told["filter"] and row["parent"] is None
    page = ann.browser.get(f"/releases/{row['id']}/").content.decode()
    assert "Kalda bridge, again" in page and "made elsewhere" in page
    assert ann.browser.get("/projects/elsewhere/releases/").status_code == 200


def test_one_without_texts_too(at: Desk, store: Path, tmp_path: Path) -> None:
    shelf(at)
    published(at, include_text=False)
    first = export("desk", tmp_path / "first")
    emptied(store)
    ann = team(slug="elsewhere").ann
    call_command("import_release", str(first), "elsewhere")
    assert contents(export("elsewhere", tmp_path / "again")) == contents(first)
    assert [row["text_included"] for row in ann.every("projects/elsewhere/releases/")] == [False]


def test_a_zip_through_the_api(exported: Path, store: Path, tmp_path: Path) -> None:
    emptied(store)
    ann = team(slug="elsewhere", ben="adjudicator")

    def send(person: Person, body: bytes, **more: str) -> Any:
        file = SimpleUploadedFile("release.zip", body)
        url = "/api/v1/projects/elsewhere/imports/"
        return person.program.post(url, {"file": file, "format": "release", **more})

    told = send(ann.ann, zipped(exported, "desk-2/"), dry_run="true").json()["release"]
    assert (told["number"], told["title"], told["files"]) == (2, "Kalda bridge, again", len(contents(exported)))
    assert not Release.objects.exists()
    assert send(ann.ben, zipped(exported)).status_code == 403
    job = send(ann.ann, zipped(exported)).json()["job"]
    tasks.bring_in(job)
    done = ann.ann.api("GET", f"jobs/{job}/")
    assert done["state"] == "succeeded", done
    assert done["result"]["release"] == str(Release.objects.get().pk)
    assert contents(export("elsewhere", tmp_path / "again")) == contents(exported)
    again = send(ann.ann, zipped(exported), dry_run="true")
    assert again.status_code == 409 and "here already" in again.json()["detail"]


def test_a_line_of_releases_keeps_its_line(exported: Path, store: Path, tmp_path: Path) -> None:
    first = export("desk", tmp_path / "one", "--version", "1")
    emptied(store)
    team(slug="elsewhere")
    for folder in (first, exported):
        call_command("import_release", str(folder), "elsewhere")
    one, two = Release.objects.order_by("number")
    assert two.parent_id == one.pk


def test_the_next_release_of_the_project_follows(at: Desk, exported: Path, store: Path) -> None:
    public_id = json.loads((exported / "manifest.json").read_bytes())["id"]
    emptied(store)
    from tests.factories.claims import desk

    there = desk()
    verified(there)
    call_command("import_release", str(exported), "desk")
    following = published(there)
    assert (following.number, following.parent.public_id if following.parent else "") == (3, public_id)


def test_a_number_that_is_taken(at: Desk, exported: Path, store: Path) -> None:
    from tests.factories.claims import desk

    emptied(store)
    there = desk()
    verified(there)
    published(there), published(there)
    with pytest.raises(CommandError, match="has a release 2 already"):
        call_command("import_release", str(exported), "desk")
    assert Release.objects.count() == 2


@pytest.mark.parametrize("name", ["manifest.json", "claims.jsonl", "claims.csv", "labels.csv"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(b""),
    ],
)
def test_what_does_not_hold_is_not_taken_in(
    at: Desk, tmp_path: Path, store: Path, name: str, spoil: Callable[[Path], object]
) -> None:
    folder = made_by_hand(tmp_path / "folder")
    spoil(folder / name)
    with pytest.raises(CommandError, match="does not hold"):
        call_command("import_release", str(folder), "desk")
    assert not Release.objects.exists() and not list(store.rglob("*.json*"))


FORGED: list[tuple[str, Any]] = [
    ("number", 0),
    ("number", "3"),
    ("number", 2**40),
    ("title", ""),
    ("title", "x" * 301),
    ("title", "a\0b"),
    ("title", None),
    ("license", 7),
    ("frozen_at", "yesterday"),
    ("frozen_at", "2026-11-22T12:00:00"),
    ("filter", []),
    ("filter", {"status": ["draft"]}),
    ("filter", {"status": [["verified"]]}),
    ("filter", {"nonsense": []}),
    ("parent", "rel-1"),
    ("counts", {}),
    ("counts", {"claims": "<b>", "articles": 1, "status": {}}),
    ("counts", {"claims": 1, "articles": 1, "status": {"unheard-of": 1}}),
    ("agreement", {}),
    ("agreement", {"label": {"alpha": "high", "ci": None, "n_pairable": 1, "undefined_reason": None}}),
    ("agreement", {"label": {"alpha": 1, "ci": [1], "n_pairable": 1, "undefined_reason": None}}),
]


@pytest.mark.parametrize(("name", "value"), FORGED)
def test_a_careful_forger_of_a_shape_no_page_can_show(at: Desk, exported: Path, name: str, value: Any) -> None:
    told = json.loads((exported / "manifest.json").read_bytes())
    files = told["files"]
    release = {key: each for key, each in told.items() if key not in ("id", "files", "left_out")}
    lines = (exported / "claims.jsonl").read_bytes().splitlines(keepends=True)
    found = findings(lines, seed=1)
    found.release.clear()
    found.release.update({**release, name: value})
    shown = {part: value if name == part else told[part] for part in ("counts", "agreement")}
    forged = replace(found, **shown)
    _id, body = manifest.write(forged, files)
    (exported / "manifest.json").write_bytes(body)
    call_command("verify_release", str(exported))
    with pytest.raises(CommandError, match="not of the form written here"):
        call_command("import_release", str(exported), "desk")


def test_its_claims_file_alone_is_texts_and_claims_anew(exported: Path, store: Path) -> None:
    emptied(store)
    ann = team(slug="elsewhere").ann
    with pytest.raises(SystemExit):  # what people said of the claims is left aside
        call_command("import_annotations", "elsewhere", str(exported / "claims.jsonl"), stderr=io.StringIO())
    told = [json.loads(line) for line in (exported / "claims.jsonl").read_bytes().splitlines()]
    wanted = sorted((row["anchors"][0]["exact"], row["proposition"]) for row in told if row["type"] == "claim")
    articles = ann.every("projects/elsewhere/articles/")
    claims = [claim for article in articles for claim in ann.every(f"articles/{article['id']}/claims/")]
    assert sorted((claim["exact"], claim["proposition"]) for claim in claims) == wanted
    assert {claim["status"] for claim in claims} == {"draft"}
    assert {article["sha256"] for article in articles} == {
        row["version"]["sha256"] for row in told if row["type"] == "article"
    }
