"""What tells of a release: the card, Croissant's and DataCite's metadata, and the paragraph on methods."""

import json
from typing import Any

import pytest
import yaml

from annotations.releases.formats import card, croissant, datacite, hf, methods, native
from annotations.releases.formats.findings import Findings, findings
from tests.releases.shapes import ARTICLE, CODEBOOK, RELEASE, claim, said

FILES = [
    {"name": "claims.csv", "media_type": "text/csv; charset=utf-8", "sha256": "ab" * 32, "size": 7},
    {"name": "labels.csv", "media_type": "text/csv; charset=utf-8", "sha256": "cd" * 32, "size": 9},
]
HOSTILE = "A | <b>title</b>\n---\nlicense: mit\n# `x` \u2028 [y](javascript:z)"
WHOLE = {
    **RELEASE,
    "license": "CC-BY-4.0",
    "project": {"slug": "desk", "name": "The desk"},
    "generator": {"name": "Fact-check Workbench"},
}


def found(*told: dict[str, Any], **release: Any) -> Findings:
    told = told or (claim(0), said(0, "r-1"), said(0, "r-2"), claim(1), said(1, "r-1"), said(1, "r-2", "opinion"))
    records = ({**WHOLE, **release}, CODEBOOK, {**ARTICLE, "language": "de"}, *told)
    return findings([native.line(record) for record in records], seed=7)


def text(module: Any, *told: dict[str, Any], **release: Any) -> str:
    return b"".join(module.write(found(*told, **release), FILES)).decode()


def head(document: str) -> dict[str, Any]:
    before, between, _after = document.split("---\n", 2)
    assert before == ""
    told: dict[str, Any] = yaml.safe_load(between)
    return told


class TestCard:
    def test_its_head_is_what_the_hub_reads(self) -> None:
        told = head(text(card))
        assert (told["license"], told["language"], told["size_categories"]) == ("cc-by-4.0", ["de"], ["n<1K"])
        assert told["configs"][0]["data_files"] == [{"split": "train", "path": "hf.jsonl"}]
        assert told["dataset_info"][0]["features"] == [dict(feature) for feature in hf.FEATURES]

    def test_a_licence_the_hub_does_not_know_keeps_its_name(self) -> None:
        told = head(text(card, license="Ask us: nicely"))
        assert (told["license"], told["license_name"]) == ("other", "Ask us: nicely")

    def test_words_of_people_stay_words(self) -> None:
        document = text(card, title=HOSTILE)
        assert head(document)["pretty_name"] == HOSTILE and head(document)["license"] == "cc-by-4.0"
        assert "\n# A \\| \\<b\\>title\\</b\\> --- license: mit \\# \\`x\\` \\[y\\](javascript:z)\n" in document

    def test_every_file_has_its_hash(self) -> None:
        document = text(card)
        for file in FILES:
            assert f"| `{file['name']}` | {file['size']} | `{file['sha256']}` |" in document


class TestMethods:
    def test_the_rules_in_force_and_the_figures(self) -> None:
        told = methods.paragraph(found())
        assert "2 claims from 1 article" in told and "labelled by 2 reviewers or more" in told
        assert "without seeing each other's labels" in told and "version 1.0.0 of the codebook" in told
        assert "Krippendorff's alpha (nominal) is 0.000 [" in told or "Krippendorff's alpha (nominal) is" in told
        assert "seed 7" in told and "2 claims of it have every verdict needed, each approved by another person" in told

    def test_other_rules_are_told_as_they_are(self) -> None:
        told = methods.paragraph(found(rules={"blind": False, "four_eyes": False, "labels_per_claim": 1}))
        assert "could see each other's labels" in told and "labelled by 1 reviewer or more" in told
        assert "another person" not in told

    def test_a_figure_that_is_not_defined_is_no_number(self) -> None:
        told = methods.paragraph(found(claim(0, status="agreed", verified=False), said(0, "r-1"), said(0, "r-2")))
        assert "Krippendorff's alpha is undefined: all labels equal" in told and "nan" not in told.lower()
        assert "None of its claims has an approved verdict." in told

    def test_how_to_cite_it(self) -> None:
        told = methods.citation(found(title="Bridges"), "rel-1")
        assert told == "The desk (2026). Bridges (release 3) [Data set]. rel-1"


def test_croissant_lists_the_files_and_the_columns() -> None:
    told = json.loads(text(croissant))
    assert [(file["@id"], file["sha256"]) for file in told["distribution"]] == [
        (file["name"], file["sha256"]) for file in FILES
    ]
    assert [records["@id"] for records in told["recordSet"]] == ["claims", "labels"]
    names = {field["source"]["extract"]["column"] for records in told["recordSet"] for field in records["field"]}
    assert {"claim_id", "exact", "label", "reviewer", "blind"} <= names
    assert told["url"].startswith("urn:uuid:") and told["license"].startswith("https://creativecommons.org/")


def test_datacite_has_every_mandatory_field() -> None:
    told = json.loads(text(datacite))["data"]["attributes"]
    mandatory = ("creators", "titles", "publisher", "publicationYear", "types")
    assert all(told[name] for name in mandatory)
    assert (told["publicationYear"], told["language"], told["types"]["resourceTypeGeneral"]) == (2026, "de", "Dataset")
    assert told["relatedItems"][0]["relationType"] == "IsNewVersionOf"
    assert told["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    first = json.loads(text(datacite, parent=None, license="Ask us"))["data"]["attributes"]
    assert "relatedItems" not in first and first["rightsList"] == [{"rights": "Ask us"}]


@pytest.mark.parametrize("module", [card, croissant, datacite])
def test_no_reviewer_is_named(module: Any) -> None:
    assert "r-1" not in text(module)
