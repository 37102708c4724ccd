"""`export_release` and `verify_release`, as a person types them."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.releases.formats import FILES
from annotations.releases.formats.catalogue import FORMS, PUBLIC_FORMS
from annotations.releases.models import Release
from tests.factories.claims import Desk, verified
from tests.factories.releases import NAMES, contents, published
from tests.factories.stored import path_of
from tests.product import MANAGE

PUBLIC = ("claimreview", "factchecktools")


def command(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def release(at: Desk) -> Release:
    verified(at)
    return published(at)


def test_the_latest_release_is_exported_and_verifies(at: Desk, release: Release, tmp_path: Path) -> None:
    latest = published(at)
    folder = tmp_path / "out" / "desk"
    printed = command("export_release", "desk", "--output", str(folder))
    assert f"Wrote release 2 of desk, {latest.public_id}, to {folder}." in printed
    assert {name: (folder / name).read_bytes() for name in names(folder)} == contents(latest)
    assert names(folder.parent) == ["desk"]
    *told, last = command("verify_release", str(folder)).splitlines()
    assert told[:2] == ["manifest.json holds.", "claims.jsonl holds."]
    assert sorted(told) == [f"{name} holds." for name in NAMES]
    assert last == f"{folder} holds: {len(NAMES)} files."


def test_an_older_release_by_its_number(at: Desk, release: Release, tmp_path: Path) -> None:
    published(at)
    command("export_release", "desk", "--version", "1", "--output", str(tmp_path / "out"))
    assert (tmp_path / "out" / "manifest.json").read_bytes() == contents(release)["manifest.json"]


def test_the_folder_is_named_for_the_project_by_itself(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command("export_release", "desk")
    assert names(tmp_path / "desk-1") == NAMES


def test_every_form_belongs_to_one_format() -> None:
    named = [name for names in FILES.values() for name in names]
    public = {form.name for form in PUBLIC_FORMS}
    assert {form.name for form in FORMS} | public <= set(named) <= set(NAMES) | public
    assert len(named) == len(set(named))


def test_a_format_that_the_release_does_not_have(release: Release, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Release 1 has no claimreview\.jsonld\. It was made while"):
        command("export_release", "desk", "--format", "claimreview", "--output", str(tmp_path / "out"))
    assert names(tmp_path) == ["objects"]


@pytest.mark.parametrize(("form", "files"), [each for each in FILES.items() if each[0] not in PUBLIC])
def test_one_format_alone(release: Release, tmp_path: Path, form: str, files: tuple[str, ...]) -> None:
    folder = tmp_path / "out"
    command("export_release", "desk", "--format", form, "--output", str(folder))
    assert names(folder) == sorted([*files, "manifest.json"])
    command("verify_release", str(folder), "--format", form)
    with pytest.raises(CommandError, match=f"does not hold: {len(NAMES) - len(files) - 1} problem"):
        command("verify_release", str(folder))


@pytest.mark.parametrize("name", NAMES)
def test_one_changed_byte_is_found(release: Release, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    command("export_release", "desk", "--output", str(folder))
    content = bytearray((folder / name).read_bytes() or b"\n")
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    out = StringIO()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_release", str(folder), stdout=out)
    assert any(line.startswith(f"{name} ") and not line.endswith(" holds.") for line in out.getvalue().splitlines())


def test_an_empty_folder_is_filled_and_a_full_one_left_alone(release: Release, tmp_path: Path) -> None:
    empty, full, file = tmp_path / "empty", tmp_path / "full", tmp_path / "file"
    empty.mkdir()
    command("export_release", "desk", "--output", str(empty))
    assert names(empty) == NAMES
    full.mkdir()
    (full / "mine").write_text("mine")
    file.write_text("mine")
    for place in (full, file):
        with pytest.raises(CommandError, match="is not an empty folder"):
            command("export_release", "desk", "--output", str(place))
    assert names(full) == ["mine"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "There is no project nowhere."),
        (["desk", "--version", "7"], "The project desk has no release 7. The latest is 1."),
        (["desk", "--format", "xlsx"], "invalid choice: 'xlsx'"),
    ],
)
def test_what_there_is_not(release: Release, tmp_path: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        command("export_release", *arguments, "--output", str(tmp_path / "out"))
    assert names(tmp_path) == ["objects"]


def test_a_project_without_releases(at: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no release yet"):
        command("export_release", "desk")
    with pytest.raises(CommandError, match=r"has no release 1\. It has none yet"):
        command("export_release", "desk", "--version", "1")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(lambda path: path.write_bytes(b"changed"), "damaged"), (lambda path: path.unlink(), "missing")],
)
def test_a_spoilt_stored_file_is_not_handed_out(
    release: Release, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(path_of(release.files.get(name="labels.csv").sha256))
    with pytest.raises(CommandError, match=f"stored copy of labels.csv is {words}"):
        command("export_release", "desk", "--output", str(tmp_path / "out"))
    assert names(tmp_path) == ["objects"]


def test_verifying_needs_no_database(release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    command("export_release", "desk", "--output", str(folder))
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "CELERY_BROKER_URL": "redis://127.0.0.1:1/0"}
    call = [sys.executable, MANAGE, "verify_release", str(folder)]
    done = subprocess.run(call, env={**os.environ, **nowhere}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"holds: {len(NAMES)} files." in done.stdout
    (folder / "claims.csv").write_text("changed")
    done = subprocess.run(call, env={**os.environ, **nowhere}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "does not hold: 2 problems." in done.stderr
