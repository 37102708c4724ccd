"""Sources and snapshots of every kind, as the worker leaves them; nothing is fetched for them."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import override_settings
from django.utils import timezone

from annotations import storage
from annotations.accounts.models import User
from annotations.importing.models import Import
from annotations.importing.services import begin as begin_import
from annotations.importing.services import keep_file
from annotations.jobs.services import take
from annotations.messages import gettext, pack
from annotations.snapshots.archiving import write_upload
from annotations.snapshots.models import Snapshot
from annotations.snapshots.sealing import text_hash
from annotations.snapshots.services import begin, end, request_snapshot
from annotations.verification.rechecking import follow
from annotations.verification.source_models import Source

REPORT = "The ministry counted 1,240 cases in March.\nA year before it had been 980."


def received(text: str) -> dict[str, Any]:
    """What a fetch leaves that brought this text."""
    body = text.encode()
    with TemporaryDirectory() as folder:
        content, warc = Path(folder) / "body", Path(folder) / "one.warc.gz"
        content.write_bytes(body)
        write_upload(warc, content, uri="urn:test", media_type="text/plain", at=timezone.now(), fetcher="test")
        stored = storage.put(warc)
    return {
        "final_url": "https://example.org/report",
        "address": "93.184.216.34",
        "status": 200,
        "media_type": "text/plain",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "warc_sha256": stored.sha256,
        "warc_size": stored.size,
        "text": text,
        "text_sha256": text_hash(text),
    }


def asked(person: User, source: Source, **about: Any) -> Snapshot:
    """A snapshot that waits for a worker."""
    with override_settings(FETCH=True):
        return request_snapshot(person, project_id=source.project_id, url=source.url, source=source, **about)


def kept(person: User, source: Source, text: str = REPORT, **about: Any) -> Snapshot:
    """A snapshot that was fetched and brought this text."""
    return _ended(asked(person, source, **about), Snapshot.State.FETCHED, received(text))


def missed(person: User, source: Source, status: int = 404, **about: Any) -> Snapshot:
    """A snapshot that failed."""
    why = {
        "status": status,
        "reason_code": "status",
        "reason": pack(gettext("The server answered with status %(n)s.", n=status)),
    }
    return _ended(asked(person, source, **about), Snapshot.State.FAILED, why)


def imports(person: User, project: int) -> dict[str, Snapshot]:
    """Two pages that are to become articles: one that waits for a worker, and one that was read."""
    with override_settings(FETCH=True):
        about = {"project_id": project, "purpose": Snapshot.Purpose.ARTICLE}
        waiting, read = (request_snapshot(person, url=f"https://example.org/{n}", **about) for n in range(2))
    return {"waiting": waiting, "read": _ended(read, Snapshot.State.FETCHED, received(REPORT))}


def outside_files(person: User, slug: str) -> dict[str, Import]:
    """Two files of another tool: one that waits for somebody to look at it, and one that a worker has to bring in."""
    text = b'{"text": "The mill burned. It was old.", "label": [[0, 16, "fact"], [0, 99, "fact"]]}\n'
    looked_at, brought_in = (keep_file(person, slug=slug, content=[text], name="export.jsonl") for _ in range(2))
    begin_import(person, import_id=brought_in.pk)
    return {"looked at": looked_at, "brought in": brought_in}


def _ended(snapshot: Snapshot, state: str, values: dict[str, Any]) -> Snapshot:
    assert snapshot.job_id
    job = take(snapshot.job_id)
    assert job
    end(job, begin(snapshot.pk), state, values, follow)
    return Snapshot.objects.get(pk=snapshot.pk)
