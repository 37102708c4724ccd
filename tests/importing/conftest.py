"""A team whose files are stored in a folder of the test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.personas import Team, team


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """The folder of stored objects."""
    settings.STORAGE_ROOT = tmp_path / "objects"
    return settings.STORAGE_ROOT


@pytest.fixture
def at(db: None) -> Team:
    """A project of ann, with ben who labels."""
    return team(ben="reviewer")
