"""The documentation says what the code does: generated pages are fresh, variables, commands and links exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.reference import DOCS, PAGES

ROOT = DOCS.parent.parent
READ = re.compile(r"""(?:env\.(?:text|flag|number|words|store)|_number)\(\s*"([A-Z_]+)\"""")


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_fresh(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m tests.reference"


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    table = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    read = {name for path in (ROOT / "workbench").rglob("*.py") for name in READ.findall(path.read_text())}
    assert documented == read


def test_every_command_named_exists() -> None:
    known = set(get_commands())
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text(encoding="utf-8")))
        assert named <= known, page
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"help", "run", "test", "check", "bench", "soak"} <= targets


def test_every_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_guides_name_what_stands_on_the_pages() -> None:
    sources = [path for end in ("py", "html") for path in (ROOT / "annotations").rglob(f"*.{end}")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for page in ROOT.glob("docs/guides/*.md"):
        text = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
        named = re.findall(r"(?<!\*)\*([^*`]+)\*(?!\*)", text)
        assert len(named) > 5
        assert [words for words in named if f'"{words}' not in said and f">{words}" not in said] == [], page


def test_source_files_stay_short() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "annotations", "workbench"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    sources = [ROOT / name for name in listed.stdout.split() if name.endswith((".py", ".js", ".html"))]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert sources
    assert long == {}


def test_import_contracts_catch_a_seeded_violation(tmp_path: Path) -> None:
    for name in ("annotations", "workbench", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert contracts(tmp_path).returncode == 0
    (tmp_path / "annotations").unlink()
    subprocess.run(["cp", "-r", str(ROOT / "annotations"), str(tmp_path)], check=True)
    with (tmp_path / "annotations" / "claims" / "spans.py").open("a", encoding="utf-8") as file:
        file.write("import django\nfrom annotations.releases import models\n")
    broken = contracts(tmp_path)
    assert broken.returncode != 0
    assert "annotations.claims.spans -> annotations.releases" in broken.stdout


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([str(command), "--no-cache"], capture_output=True, text=True, cwd=folder, check=False)
