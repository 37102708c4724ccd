"""manifest.json: what a release is, how it came about, and the SHA-256 of every other file of it. Pure."""

import json
from collections.abc import Sequence

from annotations.releases.formats.findings import Findings
from annotations.releases.formats.native import Record
from annotations.releases.verifying import BLANK_ID, derived_id

LEFT_OUT = (
    "Claims that the filter does not choose; units in draft, claims open for labelling and void claims always.",
    "Label revisions that did not count when labelling of their claim closed.",
    "Names: whoever labelled, decided, proposed or approved appears under a pseudonym made for this release alone.",
    "Copies of sources: the addresses and quotes of evidence are given, not what stands there.",
)
NOT_PUBLIC = "ClaimReview and the page for Fact Check Tools: the project showed no public pages, which they name."

NO_TEXT = (
    "The texts of the articles, and with them the files for Label Studio and doccano: where a claim stands can be "
    "checked only against a text of the same SHA-256."
)


def left_out(release: Record) -> list[str]:
    """What was left out of a release, and why."""
    public = [] if release.get("public") else [NOT_PUBLIC]
    text = [] if release.get("text_included", True) else [NO_TEXT]
    return [*LEFT_OUT, *public, *text]


def write(found: Findings, files: Sequence[Record]) -> tuple[str, bytes]:
    """The release's id and the file.

    `files` are the others, each `{name, media_type, sha256, size}`. The file is indented JSON with sorted keys;
    `verifying.derived_id` says how its `id` follows from its other bytes.
    """
    manifest = {
        **{key: value for key, value in found.release.items() if key != "type"},
        "id": BLANK_ID,
        "codebooks": found.codebooks,
        "counts": found.counts,
        "agreement": found.agreement,
        "files": list(files),
        "left_out": left_out(found.release),
    }
    blank = (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    release_id = derived_id(blank)
    return release_id, blank.replace(f'"id": "{BLANK_ID}"'.encode(), f'"id": "{release_id}"'.encode())
