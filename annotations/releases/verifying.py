"""Checks a release from its files alone: every hash, the release's id, and every claim's place in its text.

Standard library only, so that whoever has the files and a Python can run it: `python -m annotations.releases.verifying
DIR`, or this one file by itself.
"""

import hashlib
import json
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
NATIVE = "claims.jsonl"
FORMAT = "claimset"
ID_DIGITS = 32
BLANK_ID = f"rel-{'0' * ID_DIGITS}"
PIECE = 1024 * 1024  # bytes read at once
MOST_TOLD = 20  # problems told of one file
# What reading JSON of another shape than expected can raise.
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

_ID = re.compile(rf"rel-[0-9a-f]{{{ID_DIGITS}}}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def derived_id(blank: bytes) -> str:
    """The id of the release whose manifest has these bytes with `BLANK_ID` where its own id stands.

    `rel-` and the first 32 hexadecimal digits of the SHA-256. As the manifest has the SHA-256 of every other file, the
    id holds all of the content; `sed` and `sha256sum` are enough to make it again.
    """
    return f"rel-{hashlib.sha256(blank).hexdigest()[:ID_DIGITS]}"


def verify(directory: Path, only: Collection[str] | None = None) -> list[str]:
    """Every problem as `name: sentence`; none where the release is whole and unchanged. See `examine`."""
    found = examine(directory, only)
    return [f"{name}: {problem}" for name, problems in found.items() for problem in problems]


def examine(directory: Path, only: Collection[str] | None = None) -> dict[str, list[str]]:
    """The problems of each file, the manifest first; an empty list is a file that is whole.

    `only` names the files to expect beside the manifest, for an export of one format; else all it lists have to be
    there. A file that is there and not listed is a problem.
    """
    manifest, problems = _manifest(directory)
    found = {MANIFEST: problems}
    listed = manifest.get("files", [])
    for entry in listed:
        if only is None or entry["name"] in only or (directory / entry["name"]).exists():
            found[entry["name"]] = list(_file_problems(directory / entry["name"], entry))
    if directory.is_dir():
        for path in sorted(directory.iterdir()):
            found.setdefault(path.name, ["is not in the manifest."])
    return found


def _manifest(directory: Path) -> tuple[dict[str, Any], list[str]]:
    """The manifest as far as it can be relied on (else nothing), and its problems."""
    try:
        content = (directory / MANIFEST).read_bytes()
        manifest = json.loads(content)
        files = [(entry["name"], entry["sha256"], entry["size"]) for entry in manifest["files"]]
        release_id, form = manifest["id"], manifest["format"]
    except OSError as error:
        return {}, [f"cannot be read: {error.strerror}."]
    except MALFORMED:
        return {}, ["is no manifest of a release."]
    problems = list(_id_problems(content, release_id))
    if form != FORMAT:
        problems.append(f"is of a format called {form!r}, not {FORMAT!r}.")
    if not all(isinstance(name, str) and _FILE_NAME.fullmatch(name) for name, *_ in files):
        return {}, [*problems, "names a file that is not one beside it."]
    return manifest, problems


def _id_problems(content: bytes, release_id: Any) -> Iterator[str]:
    token = f'"id": "{release_id}"'.encode()
    if not isinstance(release_id, str) or not _ID.fullmatch(release_id) or content.count(token) != 1:
        yield "has no id that could be checked."
        return
    derived = derived_id(content.replace(token, f'"id": "{BLANK_ID}"'.encode()))
    if derived != release_id:
        yield f"says it is {release_id}, but its content makes it {derived}."


def _file_problems(path: Path, entry: dict[str, Any]) -> Iterator[str]:
    try:
        size, digest = _measured(path)
        if size != entry["size"]:
            yield f"has {size} bytes, not the {entry['size']} of the manifest."
        if digest != entry["sha256"]:
            yield f"has the SHA-256 {digest}, not {entry['sha256']} as in the manifest."
        if path.name == NATIVE:
            for count, problem in enumerate(_claim_problems(path)):
                if count == MOST_TOLD:
                    yield "has more problems than these."
                    break
                yield problem
    except FileNotFoundError:
        yield "is missing."
    except OSError as error:
        yield f"cannot be read: {error.strerror}."


def _measured(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _claim_problems(path: Path) -> Iterator[str]:
    """What is wrong with texts and spans, by line; one text is held at a time."""
    article: dict[str, Any] = {}
    has_texts = True
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                if record["type"] == "article":
                    article = record
                    problems = list(_article_problems(article, has_texts=has_texts))
                elif record["type"] == "claim":
                    problems = list(_span_problems(record, article))
                else:
                    has_texts = has_texts and record.get("text_included", True)
                    problems = []
            except MALFORMED:
                problems = ["is no record of a release."]
            yield from (f"line {number} {problem}" for problem in problems)


def _article_problems(article: dict[str, Any], *, has_texts: bool) -> Iterator[str]:
    text, version = article["text"], article["version"]
    if text is None and not has_texts:
        return
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != version["sha256"]:
        yield f"has a text of SHA-256 {digest}, not {version['sha256']}."
    if len(text) != version["length"]:
        yield f"has a text of {len(text)} code points, not {version['length']}."


def _span_problems(claim: dict[str, Any], article: dict[str, Any]) -> Iterator[str]:
    if claim["article_id"] != article.get("id"):
        yield f"has a claim ({claim['id']}) that does not follow its article."
        return
    text, length = article["text"], article["version"]["length"]
    for anchor in claim["anchors"]:
        start, end = anchor["start"], anchor["end"]
        if not 0 <= start < end <= length:
            yield f"has a claim ({claim['id']}) whose span {start} to {end} does not lie in the text."
        elif text is None:
            if len(anchor["exact"]) != end - start:
                yield f"has a claim ({claim['id']}) whose quote is not as long as its span {start} to {end}."
        elif text[start:end] != anchor["exact"]:
            yield f"has a claim ({claim['id']}) whose quote does not stand at {start} to {end}."
        elif not (text[:start].endswith(anchor["prefix"]) and text[end:].startswith(anchor["suffix"])):
            yield f"has a claim ({claim['id']}) whose prefix or suffix does not stand beside {start} to {end}."


def main(arguments: list[str]) -> int:
    """The command line: one line for each file; 0 where everything holds, 1 where not, 2 for a wrong call."""
    if len(arguments) != 1:
        sys.stderr.write("Name the folder that holds the files of one release.\n")
        return 2
    found = examine(Path(arguments[0]))
    sys.stdout.writelines(f"{line}\n" for line in report(found))
    return 1 if any(found.values()) else 0


def report(found: dict[str, list[str]]) -> Iterator[str]:
    """What `examine` found, in lines for a person: one for each whole file, one for each problem of another."""
    for name, problems in found.items():
        yield from [f"{name} {problem}" for problem in problems] or [f"{name} holds."]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
