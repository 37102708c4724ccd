"""Takes a snapshot: fetches, archives, reads the text, and ends the job with what came of it."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from annotations import storage
from annotations.errors import WrongState
from annotations.extraction.documents import NothingExtracted
from annotations.extraction.limited import extract
from annotations.fetching.asking import Hop
from annotations.fetching.client import fetch
from annotations.fetching.urls import Refused, parse
from annotations.fetching.watch import Failed
from annotations.jobs.models import Job
from annotations.jobs.services import postpone
from annotations.messages import Message, pack
from annotations.messages import gettext as _
from annotations.snapshots.archiving import payload, pem, write_fetch
from annotations.snapshots.living import Stopped, let_go, sign_of_life
from annotations.snapshots.mediatypes import media_type
from annotations.snapshots.models import Snapshot
from annotations.snapshots.pacing import take_turn
from annotations.snapshots.policies import policy
from annotations.snapshots.sealing import text_hash
from annotations.snapshots.services import FETCHER, Then, begin, draft, end

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that a worker waits for its turn at a host; who would wait longer comes back


class Busy(Exception):
    """The host wants to be left alone for so many seconds yet."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def run(job: Job, then: Then) -> None:
    """Do the job this worker has taken: every end of it is told in the snapshot. One that was stopped ends silently."""
    snapshot = begin(UUID(job.params["snapshot"]))
    try:
        (_read_upload if snapshot.file_name else _take)(job, snapshot, then)
    except (Stopped, WrongState):
        logger.info("The fetch of job %s was stopped.", job.pk)
    except Busy as busy:
        postpone(job, seconds=busy.seconds)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the row says running, and the sweep finds it when the database is back
    except Exception:
        logger.exception("The fetch of job %s failed.", job.pk)
        values = _why("error", _("The document could not be taken; the log of the worker says why."))
        end(job, snapshot, Snapshot.State.FAILED, values, then)


def _take(job: Job, snapshot: Snapshot, then: Then) -> None:
    trail: list[Hop] = []
    with storage.scratch() as folder:
        values: dict[str, Any] = {"fetcher": FETCHER}
        state = Snapshot.State.FETCHED
        try:
            last = _fetched(job, snapshot, folder, trail)
            values |= _answer(last) | _document(job, last)
            if last.status >= 400:
                state = Snapshot.State.FAILED
                values |= _why("status", _("The server answered with status %(n)s.", n=last.status))
        except (Refused, Failed) as error:
            state = Snapshot.State.REFUSED if isinstance(error, Refused) else Snapshot.State.FAILED
            values |= _why(error.code, error.message)
        values |= {"hops": [_told(hop) for hop in trail]} | _archived(snapshot, folder, trail)
    try:
        end(job, snapshot, state, values, then)
    except WrongState:
        if "warc_sha256" in values:
            storage.remove(values["warc_sha256"])
        raise


def _read_upload(job: Job, snapshot: Snapshot, then: Then) -> None:
    with storage.scratch() as folder:
        path = folder / "upload"
        with storage.open(snapshot.warc_sha256) as warc:
            storage.write(path, payload(warc))
        values = read(path, snapshot.media_type, name=snapshot.file_name, tick=sign_of_life(job))
    end(job, snapshot, Snapshot.State.UPLOADED, values, then)


def _fetched(job: Job, snapshot: Snapshot, folder: Path, trail: list[Hop]) -> Hop:
    rules = policy()
    wait = take_turn(parse(snapshot.url, rules.ports).host, pause=rules.pause, patience=PATIENCE)
    if wait > PATIENCE:
        raise Busy(wait)
    first = [wait]
    let_go()

    def pace(host: str) -> float:
        """The first turn is taken already; a host that a redirect leads to is waited for, within the time there is."""
        turn = first.pop() if first else take_turn(host, pause=rules.pause, patience=rules.seconds)
        let_go()
        return turn

    return fetch(snapshot.url, folder, rules, trail=trail, tick=sign_of_life(job), pace=pace)


def _answer(last: Hop) -> dict[str, Any]:
    return {
        "final_url": last.url,
        "address": last.address,
        "status": last.status,
        "media_type": media_type(last.header("content-type")),
        "size": last.body.stat().st_size,
        "sha256": _sha256(last.body),
    }


def _document(job: Job, last: Hop) -> dict[str, Any]:
    encoding = last.header("content-encoding").strip().lower()
    return read(last.body, last.header("content-type"), encoding=encoding, tick=sign_of_life(job))


def read(
    body: Path, kind: str, *, encoding: str = "", name: str = "", tick: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """The text of a document of this media type and what it says of itself, as fields of a snapshot; or a note why it
    has none.
    """
    try:
        found = extract(body, kind, encoding=encoding, name=name, tick=tick)
    except NothingExtracted as error:
        return {"text_note": pack(error.message)}
    return {
        "text": found.text,
        "text_sha256": text_hash(found.text),
        "title": found.title[:500],
        "author": found.author[:300],
        "publisher": found.publisher[:300],
        "published_on": _day(found.published_on),
        "language": found.language[:35],
        "links": [asdict(link) for link in found.links],
    }


def _archived(snapshot: Snapshot, folder: Path, trail: list[Hop]) -> dict[str, Any]:
    """Store the WARC file of what went over the wire, if anything did.

    Its name is written down first: what a worker stored that died before the end is found, and taken away.
    """
    if not any(hop.request for hop in trail):
        return {}
    path = folder / "snapshot.warc.gz"
    write_fetch(path, trail, FETCHER)
    if snapshot.draft_sha256:
        storage.remove(snapshot.draft_sha256)
    draft(snapshot, _sha256(path))
    stored = storage.put(path)
    return {"warc_sha256": stored.sha256, "warc_size": stored.size}


def _why(code: str, message: Message) -> dict[str, Any]:
    return {"reason_code": code, "reason": pack(message)}


def _told(hop: Hop) -> dict[str, Any]:
    """A hop as the row tells it: where to, whom it reached, what it answered."""
    return {
        "url": hop.url,
        "address": hop.address,
        "status": hop.status,
        "headers": hop.headers,
        "certificate": pem(hop.certificate),
        "at": hop.started_at.isoformat(),
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _day(given: str) -> date | None:
    try:
        found = date.fromisoformat(given[:10])
    except ValueError:
        return None
    return found if found <= timezone.localdate() else None
