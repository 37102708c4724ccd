"""Every file that is made of a release's native form, and what makes it. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import NamedTuple

from annotations.releases.formats import (
    averitec,
    card,
    changes,
    claimreview,
    claims_csv,
    claims_json,
    croissant,
    datacite,
    doccano,
    factchecktools,
    hf,
    labels_csv,
    labelstudio,
    tsv,
    webannotation,
)
from annotations.releases.formats.findings import Findings
from annotations.releases.formats.native import Record

NATIVE_TYPE = JSONL_TYPE = "application/jsonl"
ANNOTATION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
CLAIMREVIEW_TYPE = CROISSANT_TYPE = "application/ld+json"
CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
MARKDOWN_TYPE = "text/markdown; charset=utf-8"
PARQUET_TYPE = "application/vnd.apache.parquet"
TSV_TYPE = "text/tab-separated-values; charset=utf-8"
XML_TYPE = "application/xml"


class Form(NamedTuple):
    """A file made from the lines of the native form, which it may read as often as it likes."""

    name: str
    media_type: str
    write: Callable[[Iterable[bytes]], Iterable[bytes]]


class Account(NamedTuple):
    """A file that tells of the release: from what was found in it, and the files made before, as the manifest lists
    them."""

    name: str
    media_type: str
    write: Callable[[Findings, Sequence[Record]], Iterable[bytes]]


def _parquet(table: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """A table as Parquet. What that needs takes 60 MB, so only the worker that builds loads it, and only now."""
    pieces: Iterator[bytes] = getattr(import_module("annotations.releases.formats.parquet"), table)(lines)
    return pieces


FORMS = (
    Form("averitec.json", JSON_TYPE, averitec.write),
    Form("changes.jsonl", JSONL_TYPE, changes.write),
    Form("claims.csv", CSV_TYPE, claims_csv.write),
    Form("claims.json", JSON_TYPE, claims_json.write),
    Form("claims.parquet", PARQUET_TYPE, partial(_parquet, "claims")),
    Form("claims.tsv", TSV_TYPE, tsv.claims),
    Form("doccano.jsonl", JSONL_TYPE, doccano.write),
    Form("hf.jsonl", JSONL_TYPE, hf.write),
    Form("labels.csv", CSV_TYPE, labels_csv.write),
    Form("labels.parquet", PARQUET_TYPE, partial(_parquet, "labels")),
    Form("labels.tsv", TSV_TYPE, tsv.labels),
    Form("labelstudio.json", JSON_TYPE, labelstudio.write),
    Form("labelstudio_config.xml", XML_TYPE, labelstudio.config),
    Form("webannotation.jsonld", ANNOTATION_TYPE, webannotation.write),
)
# What is nothing without the texts is made only where they are in it.
OF_TEXTS = ("doccano.jsonl", "labelstudio.json", "labelstudio_config.xml")
# What names the public pages of a release is made only for one that has them.
PUBLIC_FORMS = (
    Form("claimreview.jsonld", CLAIMREVIEW_TYPE, claimreview.write),
    Form("factchecktools_page.json", JSON_TYPE, factchecktools.write),
)
ACCOUNTS = (
    Account("README.md", MARKDOWN_TYPE, card.write),
    Account("croissant.json", CROISSANT_TYPE, croissant.write),
    Account("datacite.json", JSON_TYPE, datacite.write),
)


def forms_of(release: Record) -> list[Form]:
    """The files that are made for a release, from its record."""
    chosen = [*FORMS, *PUBLIC_FORMS] if release["public"] else list(FORMS)
    return [form for form in chosen if release["text_included"] or form.name not in OF_TEXTS]
