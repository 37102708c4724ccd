"""The bytes of a snapshot as a download: never shown by a browser, whatever they are."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from annotations import storage
from annotations.errors import NotVisible, WrongState
from annotations.snapshots.archiving import payload
from annotations.snapshots.models import Attestation, Snapshot

FORMS = ("warc", "body", "timestamp")


def capture(snapshot: Snapshot, form: str) -> StreamingHttpResponse:
    """The WARC file, the body that it brought, or its timestamp token. 409 where there is none."""
    if form not in FORMS:
        raise NotVisible
    if form == "timestamp":
        return _token(snapshot)
    if not snapshot.warc_sha256 or (form == "body" and not snapshot.sha256):
        raise WrongState(_("Nothing was received."))
    if not storage.exists(snapshot.warc_sha256):
        raise WrongState(_("What was received is not there any more; verify_snapshots names what is missing."))
    name = f"{snapshot.pk}.warc.gz" if form == "warc" else f"{snapshot.pk}.bin"
    return _download(_pieces(snapshot, form), name)


def _token(snapshot: Snapshot) -> StreamingHttpResponse:
    stamped = snapshot.attestations.filter(kind=Attestation.Kind.TIMESTAMP, state=Attestation.State.DONE).first()
    if stamped is None:
        raise WrongState(_("It has no timestamp."))
    return _download(iter([bytes(stamped.token or b"")]), f"{snapshot.pk}.tsr")


def _download(content: Iterator[bytes], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _pieces(snapshot: Snapshot, form: str) -> Iterator[bytes]:
    with storage.open(snapshot.warc_sha256) as file:
        yield from storage.pieces(file) if form == "warc" else payload(file)
