"""README.md: the card of the data set, for people and for the Hugging Face hub. Pure.

Its head is YAML as the hub reads it (written as JSON, which YAML is), and names `hf.jsonl` with its features.
"""

import json
from collections.abc import Iterator, Sequence

from annotations.releases.formats import hf, methods
from annotations.releases.formats.findings import Findings
from annotations.releases.formats.licenses import address, hub_name
from annotations.releases.formats.manifest import left_out
from annotations.releases.formats.native import Record

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST = "1M<n<10M"
_BREAKS = {letter: f"\\u{letter:04x}" for letter in (0x85, 0x2028, 0x2029)}  # line breaks to YAML, not to JSON


def write(found: Findings, files: Sequence[Record]) -> Iterator[bytes]:
    """The card, from what was found in the release and the list of its files."""
    yield _head(found).encode()
    yield _body(found, files).encode()


def _head(found: Findings) -> str:
    release, claims = found.release, found.counts["claims"]
    head = {
        "pretty_name": release["title"],
        "license": hub_name(release["license"]),
        **({} if hub_name(release["license"]) != "other" else {"license_name": release["license"]}),
        "language": found.languages,
        "task_categories": ["text-classification", "token-classification"],
        "tags": ["fact-checking", "claims", "annotator-disagreement"],
        "size_categories": [next((name for end, name in SIZES if claims < end), LARGEST)],
        "configs": [{"config_name": "claims", "default": True, "data_files": [{"split": "train", "path": "hf.jsonl"}]}],
        "dataset_info": [{"config_name": "claims", "features": hf.FEATURES}],
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False).translate(_BREAKS)}" for key, value in head.items())
    return "\n".join(["---", *lines, "---", ""])


def _body(found: Findings, files: Sequence[Record]) -> str:
    release = found.release
    status = [f"| {name} | {count:,} |" for name, count in sorted(found.counts["status"].items())]
    parts = [
        f"# {_plain(release['title'])}",
        f"Release {release['number']} of {_plain(release['project']['name'])}, frozen at {release['frozen_at']}. "
        f"Licence: {_plain(address(release['license']))}",
        "## How it was made",
        _plain(methods.paragraph(found)),
        "## What it holds",
        "\n".join(["| status of a claim | claims |", "|---|---|", *status]),
        "Claims that are not verified or published are in it as they stood, and `verified` is false for them.",
        "## Its files",
        "\n".join(["| file | bytes | SHA-256 |", "|---|---|---|", *(_file(file) for file in files)]),
        "`manifest.json` has these hashes and the id of the release, which follows from them; "
        "`verify_release` checks both with nothing but Python.",
        "## What was left out",
        "\n".join(f"- {sentence}" for sentence in left_out(release)),
        "## Limits",
        "Reviewers' labels are given one by one, because disagreement is data. Pseudonyms are made for this release "
        "alone: nobody can be followed into another one. A verdict holds as of its date; sources change.",
        "## How to cite it",
        _plain(methods.citation(found)) + " Give the id in `manifest.json` with it.",
    ]
    return "\n\n".join(parts) + "\n"


def _file(file: Record) -> str:
    return f"| `{file['name']}` | {file['size']:,} | `{file['sha256']}` |"


def _plain(text: str) -> str:
    """Words of people in one line that Markdown takes for words."""
    line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in line)
