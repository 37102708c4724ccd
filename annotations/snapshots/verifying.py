"""Checks every snapshot against what was written down of it: its row's seal, its text, its stored bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from annotations import storage
from annotations.snapshots.archiving import Unreadable, payload
from annotations.snapshots.models import Attestation, Snapshot
from annotations.snapshots.queries import sealed_attestation, sealed_values
from annotations.snapshots.sealing import seal, text_hash
from annotations.snapshots.vouching import still_proves


class Fault(NamedTuple):
    """What is wrong with one snapshot, in English."""

    snapshot: UUID
    told: str


def faults(ids: Iterable[UUID] = ()) -> Iterator[Fault | None]:
    """For every snapshot (or these) what is wrong with it, if anything; None for each that is as it was."""
    rows = Snapshot.objects.exclude(state__in=Snapshot.WAITING).order_by("pk")
    if wanted := list(ids):
        rows = rows.filter(pk__in=wanted)
    for snapshot in rows.iterator(chunk_size=100):
        found = list(_faults(snapshot))
        yield from (Fault(snapshot.pk, told) for told in found)
        if not found:
            yield None


def _faults(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.seal != seal(sealed_values(snapshot)):
        yield "its row was changed: the seal does not fit"
    if snapshot.text_sha256 != text_hash(snapshot.text):
        yield "its text was changed"
    if snapshot.warc_sha256:
        yield from _of_file(snapshot)
    for attestation in snapshot.attestations.exclude(state=Attestation.State.PENDING).order_by("pk"):
        if attestation.seal != seal(sealed_attestation(attestation)):
            yield f"what {attestation.service} said of it was changed: the seal does not fit"
        elif told := still_proves(attestation):
            yield told


def _of_file(snapshot: Snapshot) -> Iterator[str]:
    try:
        found = _sha256(snapshot.warc_sha256)
    except (FileNotFoundError, ValueError):
        yield f"its file {snapshot.warc_sha256} is not there"
        return
    if found != snapshot.warc_sha256:
        yield f"its file {snapshot.warc_sha256} was changed"
    elif snapshot.sha256:
        yield from _of_body(snapshot)


def _of_body(snapshot: Snapshot) -> Iterator[str]:
    digest = hashlib.sha256()
    try:
        with storage.open(snapshot.warc_sha256) as file:
            for piece in payload(file):
                digest.update(piece)
    except Unreadable as error:
        yield f"its file cannot be read: {error}"
        return
    if digest.hexdigest() != snapshot.sha256:
        yield "its file does not bring what was received"


def strangers(known: set[str]) -> Iterator[str]:
    """Stored objects whose bytes do not fit their name, among those that no snapshot names."""
    return (name for name in storage.names() if name not in known and _sha256(name) != name)


def _sha256(name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as file:
        for piece in storage.pieces(file):
            digest.update(piece)
    return digest.hexdigest()
