"""A real release for readers that others wrote."""

from pathlib import Path

import pytest
from pytest_django import Settings

from annotations.projects.services import edit_project
from tests.factories.claims import desk
from tests.factories.releases import contents, published, shelf


@pytest.fixture
def release(transactional_db: None, tmp_path: Path, settings: Settings) -> Path:
    """A folder with the files of a release of claims at every step of their way."""
    settings.STORAGE_ROOT = tmp_path / "objects"
    settings.PUBLIC_URL = "https://desk.example"
    at = desk()
    edit_project(at.ann, slug="desk", changes={"public": True})
    shelf(at)
    folder = tmp_path / "release"
    folder.mkdir()
    for name, content in contents(published(at)).items():
        (folder / name).write_bytes(content)
    return folder
