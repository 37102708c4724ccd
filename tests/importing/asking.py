"""Sending files to be brought in, and the work of the worker."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.importing import tasks
from tests.personas import Person, Team

URL = "/api/v1/projects/desk/imports/"


def send(person: Person, body: bytes, *, want: int | None = 202, name: str = "export", **fields: Any) -> Any:
    """The answer to an upload, which has the status `want`, or is no fault of ours; `labels` goes as JSON."""
    if isinstance(fields.get("labels"), dict):
        fields["labels"] = json.dumps(fields["labels"])
    answer = person.program.post(URL, {"file": SimpleUploadedFile(name, body), "format": "auto", **fields})
    good = answer.status_code == want if want else answer.status_code < 500
    assert good, f"{answer.status_code} {answer.content.decode()[:2000]} {body[:500]!r}"
    return answer.json()


def look(at: Team, body: bytes, **fields: Any) -> Any:
    """What a dry run says."""
    return send(at.ann, body, want=200, dry_run="true", **fields)


def bring(at: Team, body: bytes, **fields: Any) -> Any:
    """The job of an import that a worker has done."""
    job = send(at.ann, body, **fields)["job"]
    tasks.bring_in(job)
    return at.ann.api("GET", f"jobs/{job}/")


def claims(at: Team) -> dict[str, list[str]]:
    """The quotes of every claim, by the title or text of their article."""
    found = {}
    for article in at.ann.every("projects/desk/articles/"):
        quotes = [claim["exact"] for claim in at.ann.every(f"articles/{article['id']}/claims/")]
        found[article["title"] or article["id"]] = quotes
    return found
