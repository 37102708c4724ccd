"""What another tool made, brought in by keys alone; its preview on a phone and in Arabic."""

from pathlib import Path

import pytest

from tests.browser.conftest import Windows
from tests.browser.looking import contrast, misfits, unlooked, unreached
from tests.importing import files
from tests.personas import team


@pytest.mark.parametrize("look", [{"width": 1440}, {"width": 390, "dark": True, "locale": "ar"}])
def test_a_file_is_looked_at_and_brought_in_by_keys(windows: Windows, tmp_path: Path, look: dict[str, object]) -> None:
    ann = team().ann
    path = tmp_path / "export.json"
    broken = files.task(2, annotations=[{"id": 1, "result": [files.region(files.FACT, "Fact", end=9)]}])
    path.write_bytes(files.label_studio(files.task(), broken))
    page = windows(ann.user, "/projects/desk/imports/file/", **look)
    page.set_input_files("input[type=file]", path)
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/file/")
    page.wait_for_selector("table")
    assert unlooked(page) + unreached(page) + misfits(page) + contrast(page) == []
    assert "Zur Lage" in page.inner_text("main")
    page.focus("input[name=without][value=Opinion]")
    page.keyboard.press("Space")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/**")
    assert ann.api("GET", f"jobs/{page.url.rstrip('/').rpartition('/')[2]}/")["kind"] == "annotations.importing.run"
