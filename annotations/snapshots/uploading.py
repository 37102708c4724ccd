"""Keeping a document that a person uploads, as a snapshot of its own."""

import hashlib
import mimetypes
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from annotations import storage
from annotations.accounts.models import User
from annotations.snapshots.archiving import write_upload
from annotations.snapshots.models import Snapshot
from annotations.snapshots.services import store_upload
from annotations.snapshots.taking import FETCHER, read


def keep_upload(actor: User, content: Path, *, name: str, media_type: str, **about: Any) -> Snapshot:
    """Keep the file as a snapshot with its text. The WARC file is written beside it."""
    kind = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    warc = content.with_suffix(".warc.gz")
    at = timezone.now()
    write_upload(warc, content, uri=f"urn:uuid:{uuid4()}", media_type=kind, at=at, fetcher=FETCHER)
    with content.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    stored = storage.put(warc)
    values = {
        "file_name": name,
        "media_type": kind[:200],
        "size": content.stat().st_size,
        "sha256": digest,
        "fetcher": FETCHER,
        "warc_sha256": stored.sha256,
        "warc_size": stored.size,
        **read(content, kind, name=name),
    }
    return store_upload(actor, values=values, **about)
