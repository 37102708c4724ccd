"""What a supervisor asks, with dependencies that are really there or really away."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def ready(settings: Settings, tmp_path: Path, transactional_db: None) -> Settings:
    settings.STORAGE_ROOT = tmp_path
    return settings


def checks(client: Client, status: int) -> dict[str, str]:
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), answer.content
    assert "no-store" in answer["Cache-Control"]
    document = answer.json()
    assert document["status"] == ("ok" if status == 200 else "unavailable")
    return document["checks"]


def test_alive_without_any_dependency(stranger: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = stranger.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_when_everything_answers(stranger: Client, ready: Settings) -> None:
    assert checks(stranger, 200) == dict.fromkeys(["database", "migrations", "broker", "storage"], "ok")


def test_a_broker_that_is_away(stranger: Client, ready: Settings, caplog: pytest.LogCaptureFixture) -> None:
    ready.CELERY_BROKER_URL = "redis://:a-password@127.0.0.1:1/0"
    assert checks(stranger, 503)["broker"] == "failed"
    assert "The broker is not ready" in caplog.text


def test_a_storage_that_is_away(stranger: Client, ready: Settings, tmp_path: Path) -> None:
    ready.STORAGE_ROOT = tmp_path / "none"
    found = checks(stranger, 503)
    assert (found["storage"], found["database"]) == ("failed", "ok")


def test_a_migration_that_is_missing(stranger: Client, ready: Settings) -> None:
    last = MigrationRecorder.Migration.objects.filter(app="annotations").latest("id")
    last.delete()
    try:
        found = checks(stranger, 503)
    finally:
        MigrationRecorder(connection).record_applied(last.app, last.name)
    assert (found["migrations"], found["database"]) == ("failed", "ok")


def test_a_database_that_is_away(
    stranger: Client, ready: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "failed"
    assert str(tmp_path) not in answer.content.decode()


def test_only_reading(stranger: Client) -> None:
    assert stranger.post("/livez").status_code == 405
    assert stranger.post("/readyz").status_code == 405
