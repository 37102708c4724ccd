"""A desk that shows its releases, stored in a folder of the test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from annotations.projects.services import edit_project
from tests.factories.claims import Desk, desk


@pytest.fixture
def at(tmp_path: Path, settings: Settings, transactional_db: None) -> Desk:
    """A new project whose public pages are on."""
    settings.STORAGE_ROOT = tmp_path / "objects"
    settings.PUBLIC_URL = "https://desk.example"
    made = desk()
    edit_project(made.ann, slug="desk", changes={"public": True})
    return made
