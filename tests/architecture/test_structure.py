"""The shape of the code: names, lengths and places that the architecture promises; no host that packages come from."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAWERS = {"utils", "helpers", "common", "core", "base", "misc"}
# In pieces, so that this file does not name them either.
REGISTRIES = ["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", "anaconda" + r"\.(?:org|com)"]
REGISTRIES += [
    "crates" + r"\.io",
    "rubygems" + r"\.org",
    "proxy\\.golang" + r"\.org",
    "un" + r"pkg\.com",
    "jsdelivr" + r"\.net",
]


def listed(*patterns: str) -> list[Path]:
    """The files under version control and those about to be, of these patterns."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


SOURCES = [path for path in listed("annotations/*.py", "workbench/*.py", "manage.py") if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    lengths = {name: length(node) for name, node in functions()}
    assert len(lengths) > 300
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert sum(lines < 25 for lines in lengths.values()) >= 0.9 * len(lengths)


def test_no_module_is_a_drawer() -> None:
    parts = {(part, path) for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert [path for part, path in parts if part in DRAWERS] == []


def test_nothing_is_imported_inside_a_function_of_the_app() -> None:
    inside = [
        name
        for name, function in functions()
        if name.startswith("annotations/")
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_what_is_done_is_done_by_services() -> None:
    saves = [name for name, node in functions() if node.name == "save" and "/models.py" in name]
    signals = [path for path in SOURCES if re.search(r"\bdb\.models\.signals\b|@receiver", path.read_text("utf-8"))]
    assert (saves, signals) == ([], [])


@pytest.mark.parametrize(
    "pattern", [r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", r"<style\b", r"\sstyle=", r"\son[a-z]+="]
)
def test_pages_hold_no_inline_script_or_style(pattern: str) -> None:
    pages = listed("annotations/templates/*.html", "annotations/templates/**/*.html")
    assert pages
    assert [page.name for page in pages if re.search(pattern, page.read_text(encoding="utf-8"))] == []


def test_pages_load_nothing_from_elsewhere() -> None:
    loaded = re.compile(r"""(?:src|href)=["']?(?:https?:)?//""")
    pages = listed("annotations/templates/*.html", "annotations/templates/**/*.html", "annotations/static/*.css")
    assert [page.name for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile("|".join(REGISTRIES).encode())
    assert [str(path.relative_to(ROOT)) for path in listed() if hosts.search(path.read_bytes())] == []
