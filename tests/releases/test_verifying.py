"""A release is checked from its files alone, and no changed byte goes unnoticed."""

import hashlib
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotations.releases import verifying
from annotations.releases.verifying import BLANK_ID, derived_id, verify
from tests.releases.shapes import ARTICLE, claim, folder, lines, said

NAMES = ["claims.csv", "claims.jsonl", "labels.csv", "manifest.json"]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return folder(tmp_path / "release")


def forged(release: Path, name: str, content: bytes) -> Path:
    """The release with another file and a manifest that was made to fit it, as a careful forger would."""
    (release / name).write_bytes(content)
    path = release / "manifest.json"
    manifest = json.loads(path.read_bytes())
    for entry in manifest["files"]:
        if entry["name"] == name:
            entry.update(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    return sealed(release, manifest)


def sealed(release: Path, manifest: dict[str, Any]) -> Path:
    """The release with this manifest, whose id fits."""
    blank = (json.dumps({**manifest, "id": BLANK_ID}, ensure_ascii=False) + "\n").encode()
    token = f'"id": "{BLANK_ID}"'.encode()
    (release / "manifest.json").write_bytes(blank.replace(token, f'"id": "{derived_id(blank)}"'.encode()))
    return release


def test_a_whole_release_holds(release: Path) -> None:
    assert verify(release) == []
    assert sorted(verifying.examine(release)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_one_changed_byte_is_found_wherever_it_is(release: Path, name: str) -> None:
    path = release / name
    whole = path.read_bytes()
    chosen = random.Random(7).sample(range(len(whole)), min(len(whole), 400))
    for place in {0, len(whole) - 1, *chosen}:
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert verify(release), f"byte {place} of {name}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", [lambda b: b + b"\n", lambda b: b[:-1], lambda b: b""])
def test_another_length_is_found(release: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    path = release / name
    path.write_bytes(change(path.read_bytes()))
    assert verify(release)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_found(release: Path, name: str) -> None:
    (release / name).unlink()
    assert any(problem.startswith(name) for problem in verify(release))


def test_a_file_too_many_is_found(release: Path) -> None:
    (release / "claims (1).csv").write_text("")
    assert verify(release) == ["claims (1).csv: is not in the manifest."]


def test_of_an_export_in_one_format_the_others_are_not_missed(release: Path) -> None:
    for name in ("claims.csv", "labels.csv"):
        (release / name).unlink()
    assert verify(release, only=["claims.jsonl"]) == []
    assert verify(release) == ["claims.csv: is missing.", "labels.csv: is missing."]
    (release / "labels.csv").write_text("changed")
    assert verify(release, only=["claims.jsonl"])


def test_no_folder_and_no_manifest(tmp_path: Path) -> None:
    assert verify(tmp_path / "nowhere") == ["manifest.json: cannot be read: No such file or directory."]
    (tmp_path / "manifest.json").write_text("[" * 100_000)
    assert verify(tmp_path) == ["manifest.json: is no manifest of a release."]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "a/b", ".hidden", "manifest.json\n", 7])
def test_a_manifest_cannot_send_the_check_elsewhere(release: Path, name: Any) -> None:
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest["files"].append({"name": name, "sha256": "0" * 64, "size": 0})
    problems = verify(sealed(release, manifest))
    assert problems[0] == "manifest.json: names a file that is not one beside it."


def test_a_name_pointing_elsewhere_is_not_followed_by_content(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_bytes())
    assert verify(sealed(release, {**manifest, "format": "other"})) == [
        "manifest.json: is of a format called 'other', not 'claimset'."
    ]


def test_an_id_that_stands_there_twice_cannot_be_checked(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_bytes())
    manifest["parent"]["id"] = manifest["id"]
    (release / "manifest.json").write_text(json.dumps(manifest))
    assert verify(release) == ["manifest.json: has no id that could be checked."]


def spoilt(**changes: Any) -> dict[str, Any]:
    anchor = {**claim(0)["anchors"][0], **changes}
    return claim(0, anchors=[anchor])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (spoilt(start=claim(0)["anchors"][0]["start"] + 1), "quote does not stand"),
        (spoilt(exact="anything else"), "quote does not stand"),
        (spoilt(start=-5), "does not lie in the text"),
        (spoilt(end=10_000), "does not lie in the text"),
        (spoilt(prefix="elsewhere"), "prefix or suffix"),
        (spoilt(suffix="elsewhere"), "prefix or suffix"),
        (claim(0, article_id="a-2"), "does not follow its article"),
        ({"type": "claim"}, "is no record"),
        ({"type": "article", "text": None, "version": {}}, "is no record"),
        ({**ARTICLE, "text": "Another text."}, "has a text of SHA-256"),
        ({**ARTICLE, "version": {**ARTICLE["version"], "length": 5}}, "code points, not 5"),  # type: ignore[dict-item]
    ],
)
def test_a_forged_release_is_found_by_its_texts(release: Path, told: dict[str, Any], words: str) -> None:
    content = b"".join(lines(told))
    problems = verify(forged(release, "claims.jsonl", content))
    assert problems
    assert re.match(rf"claims\.jsonl: line 4 .*{words}", problems[0])


def test_a_file_full_of_problems_names_the_first_of_them(release: Path) -> None:
    problems = verify(forged(release, "claims.jsonl", b"no record\n" * 1000))
    assert len(problems) == verifying.MOST_TOLD + 1
    assert problems[-1] == "claims.jsonl: has more problems than these."


def test_it_runs_by_itself_with_nothing_but_the_standard_library(release: Path, tmp_path: Path) -> None:
    alone = tmp_path / "check.py"
    alone.write_bytes(Path(verifying.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(alone), str(release)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == [f"{name} holds." for name in NAMES]
    (release / "labels.csv").write_text("changed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "labels.csv has 7 bytes" in done.stdout
    assert subprocess.run(command[:-1], capture_output=True, check=False).returncode == 2


def test_it_runs_as_a_module(release: Path) -> None:
    assert verifying.main([str(release)]) == 0


def test_labels_alone_do_not_make_a_problem(release: Path) -> None:
    assert verify(forged(release, "claims.jsonl", b"".join(lines(claim(1), said(1, "r-1"))))) == []
