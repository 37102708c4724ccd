"""Objects are there whole or not at all, whatever happens to their writers."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from annotations import storage
from tests.factories.stored import path_of

HELLO = hashlib.sha256(b"hello").hexdigest()

# A writer that dies by kill -9 in the middle of an object, as a process of its own.
DYING = """
import os, signal, sys
import django
django.setup()
from annotations import storage
def content():
    yield b"half"
    print("writing", flush=True)
    sys.stdin.read()
storage.put(content())
"""


def scratch_folders(store: Path) -> list[Path]:
    return list((store / "scratch").iterdir())


def test_an_object_lies_under_its_sha256(store: Path) -> None:
    assert storage.put([b"hel", b"", b"lo"]) == (HELLO, 5)
    assert (store / HELLO[:2] / HELLO[2:4] / HELLO).read_bytes() == b"hello"
    assert storage.exists(HELLO)
    with storage.open(HELLO) as file:
        assert b"".join(storage.pieces(file)) == b"hello"


def test_the_same_bytes_are_stored_once(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(b"hello")
    assert storage.put([b"hello"]) == storage.put(copy)
    assert [path for path in store.rglob("*") if path.is_file()] == [path_of(HELLO)]


def test_nothing_is_an_object_too() -> None:
    stored = storage.put([])
    assert stored == (hashlib.sha256().hexdigest(), 0)
    assert storage.exists(stored.sha256)


def test_a_damaged_object_is_mended_by_storing_it_again() -> None:
    storage.put([b"hello"])
    path_of(HELLO).write_bytes(b"jello")
    storage.put([b"hello"])
    assert path_of(HELLO).read_bytes() == b"hello"


def test_what_is_not_there() -> None:
    assert not storage.exists(HELLO)
    with pytest.raises(FileNotFoundError):
        storage.open(HELLO)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", HELLO.upper(), HELLO[:-1], f"{HELLO}\n"])
def test_only_a_sha256_names_an_object(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        storage.open(name)


def test_a_writer_that_fails_leaves_nothing(store: Path) -> None:
    def content() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        storage.put(content())
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert scratch_folders(store) == []


def test_a_killed_writer_is_swept_and_a_living_one_is_not(store: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", DYING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "STORAGE_URL": store.as_uri(), "DJANGO_SETTINGS_MODULE": "workbench.settings"},
    )
    assert writer.stdout
    assert writer.stdout.readline() == b"writing\n"
    [held] = scratch_folders(store)
    storage.put([b"hello"])
    assert scratch_folders(store) == [held]
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert scratch_folders(store) == [held]
    storage.put([b"hello"])
    assert scratch_folders(store) == []
    assert [path for path in store.rglob("*") if path.is_file()] == [path_of(HELLO)]


def test_many_writers_at_once(store: Path) -> None:
    contents = [f"object {number % 20}".encode() for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(lambda content: storage.put([content]), contents))
    assert [one.sha256 for one in stored] == [hashlib.sha256(content).hexdigest() for content in contents]
    assert len([path for path in store.rglob("*") if path.is_file()]) == 20
    assert scratch_folders(store) == []
