"""What a zip may have: nothing is written that is not allowed."""

from pathlib import Path

import pytest

from annotations.importing.outside import Unreadable
from annotations.importing.zips import unpack
from tests.importing.test_hostile import boasting, zipped


@pytest.mark.parametrize(
    "name", ["../a", "/etc/a", "a/../../b", "..\\a", "C:a", ".hidden", "-rf", "a b", "x" * 101, "deep/er/a", "a/"]
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(Unreadable, match="nothing else, not"):
        unpack(zipped(**{"a": b"x", name: b"x"} if name != "a/" else {"a": b"x", "b/a": b"x"}), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_what_says_it_is_too_much_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="more than 200 MB"):
        unpack(boasting(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_of_one_folder_are_written_as_they_are(tmp_path: Path) -> None:
    unpack(zipped(**{"desk-1/": b"", "desk-1/a.json": b"1", "desk-1/b": b"2"}), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"1", "b": b"2"}
