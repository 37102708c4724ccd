"""The same promises where objects live in a bucket of an S3-compatible service."""

import hashlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from annotations import storage
from tests.factories.claims import Desk, verified
from tests.factories.releases import published
from tests.personas import Person

HELLO = hashlib.sha256(b"hello").hexdigest()
KEY, SECRET = "AKIDOFTHETESTS", "a secret of the tests"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A service that keeps its buckets in a folder: its address, and that folder."""
    root = tmp_path_factory.mktemp("buckets")
    (root / "kept").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "rclone"), "serve", "s3", "--config", str(root / "none")]
    options = ["--auth-key", f"{KEY},{SECRET}", "--addr", f"127.0.0.1:{port}", str(root)]
    with subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL) as running:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", root
        running.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("The service did not start.")


@pytest.fixture
def bucket(service: tuple[str, Path], settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Objects go into a bucket now; the folder behind it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    settings.STORAGE_BUCKET = f"s3://kept/objects?endpoint={service[0]}"
    return service[1] / "kept" / "objects"


def test_an_object_lies_under_its_sha256(bucket: Path) -> None:
    assert storage.put([b"hel", b"lo"]) == (HELLO, 5)
    assert (bucket / HELLO[:2] / HELLO[2:4] / HELLO).read_bytes() == b"hello"
    assert storage.exists(HELLO) and storage.ready()
    with storage.open(HELLO) as file:
        assert b"".join(storage.pieces(file)) == b"hello"
        file.seek(1)
        assert file.read() == b"ello"
    assert HELLO in list(storage.names())
    storage.remove(HELLO)
    storage.remove(HELLO)
    assert not storage.exists(HELLO)
    with pytest.raises(FileNotFoundError):
        storage.open(HELLO)


def test_a_large_object_goes_in_pieces(bucket: Path) -> None:
    body = bytes(range(256)) * 80_000
    stored = storage.put([body])
    with storage.open(stored.sha256) as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256


def test_a_release_is_built_downloaded_and_exported_from_it(bucket: Path, at: Desk, tmp_path: Path) -> None:
    verified(at)
    release = published(at)
    for file in release.files.all():
        place = bucket / file.sha256[:2] / file.sha256[2:4] / file.sha256
        assert place.stat().st_size == file.size
        answer = Person(at.vic).browser.get(f"/releases/{release.pk}/files/{file.name}")
        assert b"".join(answer.streaming_content) == place.read_bytes()
    call_command("export_release", at.project.slug, "--output", str(tmp_path / "out"))
    call_command("verify_release", str(tmp_path / "out"))


def test_a_service_that_refuses_is_not_ready(bucket: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another secret")
    settings.STORAGE_BUCKET += "&region=elsewhere"
    with pytest.raises(OSError, match="403"):
        storage.ready()
    with pytest.raises(OSError):
        storage.put([b"hello"])
