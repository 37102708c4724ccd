"""A backup brings what was received of sources."""

import tarfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.snapshots.models import Snapshot
from tests.factories.web import Web, page
from tests.personas import team
from tests.snapshots.conftest import work


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_the_captures(web: Web, tmp_path: Path) -> None:
    at = team()
    web.pages["/a"] = page("The ministry counted 1,240 cases.")
    at.ann.api("POST", "projects/desk/sources/", {"url": web.url("/a")}, want=201)
    work()
    file = tmp_path / "backup.tar.gz"
    call_command("backup", str(file), stdout=StringIO(), stderr=StringIO())
    with tarfile.open(file) as archive:
        assert f"files/{Snapshot.objects.get().warc_sha256}" in archive.getnames()
