"""datacite.json: what a registry of DOIs asks for, in DataCite's own fields. Pure.

Source: DataCite Metadata Schema 4.6 (https://doi.org/10.14454/mzv1-5b55), in the JSON of its REST API. The DOI itself
is the registry's to give.
"""

import json
from collections.abc import Iterator, Sequence

from annotations.releases.formats import methods
from annotations.releases.formats.findings import Findings
from annotations.releases.formats.licenses import KNOWN
from annotations.releases.formats.native import Record

SCHEMA = "http://datacite.org/schema/kernel-4"


def write(found: Findings, files: Sequence[Record]) -> Iterator[bytes]:
    """The attributes of a DOI for the release, from what was found in it and the list of its files."""
    release, parent = found.release, found.release["parent"]
    frozen = str(release["frozen_at"])[:10]
    attributes: Record = {
        "schemaVersion": SCHEMA,
        "titles": [{"title": release["title"]}],
        "creators": [{"name": release["project"]["name"], "nameType": "Organizational"}],
        "publisher": {"name": release["project"]["name"]},
        "publicationYear": int(frozen[:4]),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Verified claim set"},
        "version": str(release["number"]),
        "dates": [{"date": frozen, "dateType": "Created"}],
        "descriptions": [{"description": methods.paragraph(found), "descriptionType": "Methods"}],
        "rightsList": [_rights(release["license"])],
        "subjects": [{"subject": "fact-checking"}],
        "formats": sorted({file["media_type"].partition(";")[0] for file in files}),
        "sizes": [f"{found.counts['claims']} claims", f"{sum(file['size'] for file in files)} bytes"],
        "relatedIdentifiers": [],
    }
    if len(found.languages) == 1:
        attributes["language"] = found.languages[0]
    if parent:
        attributes["relatedItems"] = [
            {
                "relatedItemType": "Dataset",
                "relationType": "IsNewVersionOf",
                "titles": [{"title": f"Release {parent['number']}"}],
                "number": parent["id"],
            }
        ]
    yield (
        json.dumps({"data": {"type": "dois", "attributes": attributes}}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _rights(license: str) -> Record:
    if license not in KNOWN:
        return {"rights": license}
    return {
        "rights": license,
        "rightsUri": KNOWN[license][0],
        "rightsIdentifier": license,
        "rightsIdentifierScheme": "SPDX",
    }
