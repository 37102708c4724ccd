"""croissant.json: the data set's metadata as MLCommons' Croissant 1.0 has it, with its responsible-AI part. Pure.

Source: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html and croissant-rai-spec-1.0.html.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from annotations.releases.formats import methods
from annotations.releases.formats.findings import Findings
from annotations.releases.formats.licenses import address
from annotations.releases.formats.native import Record
from annotations.releases.formats.tables import CLAIM_COLUMNS, LABEL_COLUMNS, Column, Kind

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_TERMS = (
    *("citeAs", "column", "extract", "field", "fileObject", "fileProperty", "fileSet", "format", "includes"),
    *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "separator", "source", "subField", "transform"),
)
CONTEXT: Record = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
TYPES = {Kind.NUMBER: "sc:Integer", Kind.TRUTH: "sc:Boolean", Kind.DATE: "sc:Date"}
TABLES = {"claims": ("claims.csv", CLAIM_COLUMNS), "labels": ("labels.csv", LABEL_COLUMNS)}


def write(found: Findings, files: Sequence[Record]) -> Iterator[bytes]:
    """The metadata, from what was found in the release and the list of its files."""
    release = found.release
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": release["title"],
        "description": methods.paragraph(found),
        "license": address(release["license"]),
        "url": _url(release),
        "version": f"{release['number']}.0.0",
        "datePublished": str(release["frozen_at"])[:10],
        "creator": {"@type": "Organization", "name": release["project"]["name"]},
        "citeAs": methods.citation(found),
        "inLanguage": found.languages,
        "rai:dataAnnotationProtocol": methods.paragraph(found),
        "rai:dataAnnotationPlatform": release["generator"]["name"],
        "rai:annotationsPerItem": str(release["rules"]["labels_per_claim"]),
        "rai:dataAnnotationAnalysis": methods.interval(found),
        "distribution": [_file(file) for file in files],
        "recordSet": [_records(name, file, columns) for name, (file, columns) in TABLES.items()],
    }
    yield (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _url(release: Record) -> str:
    """A name for the release, as it may have no address: Croissant asks for one."""
    return uuid5(NAMESPACE_URL, f"{release['project']['slug']} {release['number']} {release['frozen_at']}").urn


def _file(file: Record) -> Record:
    return {
        "@type": "cr:FileObject",
        "@id": file["name"],
        "name": file["name"],
        "contentUrl": file["name"],
        "contentSize": f"{file['size']} B",
        "encodingFormat": file["media_type"].partition(";")[0],
        "sha256": file["sha256"],
    }


def _records(name: str, file: str, columns: Sequence[Column]) -> Record:
    key = columns[0].name
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": {"@id": f"{name}/{key}"},
        "field": [_field(name, file, column) for column in columns],
    }


def _field(name: str, file: str, column: Column) -> Record:
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": f"{name}/{column.name}",
        "description": column.description,
        "dataType": TYPES.get(column.kind, "sc:Text"),
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }
