"""The jobs in which others vouch for a snapshot, and whether what they said still holds."""

import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotations import storage
from annotations.fetching.asking import Sending
from annotations.fetching.client import exchange
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed
from annotations.jobs.models import Job
from annotations.jobs.services import fail, finish, postpone
from annotations.messages import Message, pack, unpack
from annotations.messages import gettext as _
from annotations.snapshots import archives, timestamps
from annotations.snapshots.attesting import close
from annotations.snapshots.living import Stopped, sign_of_life
from annotations.snapshots.models import Attestation
from annotations.snapshots.policies import policy

logger = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))  # after each try that came to nothing
LOOK_AGAIN = 10.0  # seconds
PATIENCE = timedelta(hours=6)  # with an archive that has not said how it went


def run(job: Job) -> None:
    """Do the job this worker has taken: have the word, come back for it, or say why it is not to be had."""
    attestation = Attestation.objects.select_related("snapshot").get(pk=job.params["attestation"])
    exchange = _exchanging(job)
    try:
        if attestation.kind == Attestation.Kind.TIMESTAMP:
            _end(job, attestation, Attestation.State.DONE, _stamped(attestation, exchange))
        else:
            _copied(job, attestation, exchange)
    except Stopped:
        logger.info("The attestation of job %s was stopped.", job.pk)
    except Refused as error:
        _end(job, attestation, Attestation.State.FAILED, {"reason": pack(error.message)})
    except Failed as error:
        with suppress(Stopped):
            _missed(job, attestation, error.message)


def _stamped(attestation: Attestation, exchange: archives.Exchange) -> dict[str, Any]:
    name = attestation.snapshot.warc_sha256
    content = _content(name)
    question, nonce = timestamps.question(content)
    headers = (("Content-Type", timestamps.QUERY), ("Accept", timestamps.REPLY))
    status, answer = exchange(attestation.service, Sending("POST", question, headers))
    if status != 200:
        raise Failed("status", _("The server answered with status %(n)s.", n=status))
    try:
        at = timestamps.attested_at(answer, bytes.fromhex(name), timestamps.roots(settings.TIMESTAMP_CA), nonce)
    except timestamps.NoToken as error:
        raise Failed("token", _("The answer is no token for this file: %(why)s", why=str(error))) from None
    return {"token": answer, "attested_at": at}


def _content(name: str) -> bytes:
    try:
        with storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != name:
        raise Refused("changed", _("The stored file was changed; verify_snapshots names it."))
    return content


def _copied(job: Job, attestation: Attestation, exchange: archives.Exchange) -> None:
    service, key = attestation.service, settings.ARCHIVE_KEY
    if not attestation.ticket:
        standing = archives.ask(service, key, attestation.snapshot.final_url, exchange)
        _note(job, attestation, ticket=standing.ticket)
    else:
        standing = archives.look(service, key, attestation.ticket, exchange)
    if standing.copy:
        values = {"copy": standing.copy, "attested_at": standing.at}
        _end(job, attestation, Attestation.State.DONE, values)
    elif timezone.now() > attestation.asked_at + PATIENCE:
        raise Refused("archive", _("The archive did not say how it went."))
    else:
        postpone(job, seconds=LOOK_AGAIN)


def _exchanging(job: Job) -> archives.Exchange:
    """Exchanges with a service, in which the job shows that it lives. Stopped where it is no longer this worker's."""

    def done(url: str, sending: Sending) -> tuple[int, bytes]:
        with storage.scratch() as folder:
            hop = exchange(url, folder, policy(), sending, tick=sign_of_life(job))
            return hop.status, hop.body.read_bytes()

    return done


@transaction.atomic
def _note(job: Job, attestation: Attestation, **values: Any) -> None:
    """Write down how it stands on the way. Stopped where the job is no longer this worker's."""
    if not _mine(job):
        raise Stopped
    Attestation.objects.filter(pk=attestation.pk, state=Attestation.State.PENDING).update(**values)


def _mine(job: Job) -> bool:
    """Whether the job, held until the transaction ends, is still this worker's."""
    held = Job.objects.select_for_update().get(pk=job.pk)
    return (held.state, held.attempts) == (Job.State.RUNNING, job.attempts)


def _missed(job: Job, attestation: Attestation, why: Message) -> None:
    """It came to nothing: it is tried again, ever later, and at last given up."""
    if attestation.tries >= len(PAUSES):
        _end(job, attestation, Attestation.State.FAILED, {"reason": pack(why)})
        return
    _note(job, attestation, tries=attestation.tries + 1, reason=pack(why))
    postpone(job, seconds=PAUSES[attestation.tries].total_seconds())


@transaction.atomic
def _end(job: Job, attestation: Attestation, state: Attestation.State, values: dict[str, Any]) -> None:
    if not _mine(job):
        return
    held = Attestation.objects.select_for_update(of=("self",)).select_related("snapshot").get(pk=attestation.pk)
    done = state == Attestation.State.DONE
    close(held, state, {"reason": None, **values} if done else values)
    if done:
        finish(job, snapshot=str(held.snapshot_id))
    else:
        fail(job, str(unpack(held.reason or {})), item=held.service)


def still_proves(attestation: Attestation) -> str:
    """What is wrong with a token, in English; nothing where it proves what it should, or no roots are set up."""
    if attestation.token is None or not settings.TIMESTAMP_CA:
        return ""
    try:
        digest = bytes.fromhex(attestation.snapshot.warc_sha256)
        at = timestamps.attested_at(bytes(attestation.token), digest, timestamps.roots(settings.TIMESTAMP_CA))
    except timestamps.NoToken as error:
        return f"its timestamp does not hold: {error}"
    return "" if at == attestation.attested_at else "its timestamp says another time"
