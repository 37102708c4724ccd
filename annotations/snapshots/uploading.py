"""Keeping a document that a person uploads, as a snapshot of its own. Its text is read by a worker."""

import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import storage
from annotations.accounts.models import User
from annotations.errors import InvalidInput, TooLarge
from annotations.snapshots import mediatypes
from annotations.snapshots.archiving import write_upload
from annotations.snapshots.models import Snapshot
from annotations.snapshots.services import FETCHER, store_upload


def keep_upload(actor: User, content: Iterable[bytes], *, name: str, media_type: str, **about: Any) -> Snapshot:
    """Keep a document, and have it read; `about` is project, source, claim and purpose.

    400 for an empty one, 413 for one that is too large. Callers have asked whether the person may.
    """
    name = Path(name).name[:255] or "document"
    kind = mediatypes.media_type(media_type or mimetypes.guess_type(name)[0] or mediatypes.UNKNOWN)
    with storage.scratch() as folder:
        path, warc = folder / "upload", folder / "upload.warc.gz"
        _write(path, content)
        uri = f"urn:uuid:{uuid4()}"
        write_upload(warc, path, uri=uri, media_type=kind, at=timezone.now(), fetcher=FETCHER)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        stored = storage.put(warc)
        values: dict[str, Any] = {
            "file_name": name,
            "media_type": kind,
            "size": path.stat().st_size,
            "sha256": digest,
            "fetcher": FETCHER,
            "warc_sha256": stored.sha256,
            "warc_size": stored.size,
        }
    try:
        return store_upload(actor, **about, **values)
    except BaseException:
        storage.remove(stored.sha256)
        raise


def _write(path: Path, content: Iterable[bytes]) -> None:
    size = 0
    with path.open("xb") as out:
        for piece in content:
            size += len(piece)
            if size > settings.FETCH_BYTES:
                most = f"{settings.FETCH_BYTES / 1_000_000:g}"
                raise TooLarge(_("A document has at most %(n)s MB.") % {"n": most}, errors={"file": [_("Too large.")]})
            out.write(piece)
    if not size:
        raise InvalidInput.field("file", _("The file is empty."))
