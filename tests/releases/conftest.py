"""A desk whose releases are stored in a folder of the test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories.claims import Desk, desk


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """The folder of stored objects."""
    settings.STORAGE_ROOT = tmp_path / "objects"
    return settings.STORAGE_ROOT


@pytest.fixture
def at(transactional_db: None) -> Desk:
    """A new project of ann, ben, cleo, dora, eve and vic; snapshots need transactions that really commit."""
    return desk()
