"""Asking others to vouch for a snapshot: the rows, and the jobs that see to them."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from uuid_utils.compat import uuid7

from annotations import storage
from annotations.accounts.models import User
from annotations.errors import WrongState
from annotations.fetching.addresses import refusal
from annotations.fetching.asking import Sending
from annotations.fetching.client import exchange
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed
from annotations.jobs.models import Job
from annotations.jobs.services import enqueue, fail, finish, postpone
from annotations.messages import Message, pack, unpack
from annotations.messages import gettext as _
from annotations.snapshots import archives, timestamps
from annotations.snapshots.models import Attestation, Snapshot
from annotations.snapshots.policies import policy
from annotations.snapshots.queries import sealed_attestation
from annotations.snapshots.sealing import seal
from annotations.snapshots.telling import tell

KIND = "annotations.snapshots.attest"
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))  # after each try that came to nothing
LOOK_AGAIN = 10.0  # seconds
PATIENCE = timedelta(hours=6)  # with an archive that has not said how it went
ENDED_WITH_ITS_JOB = {
    Job.State.CANCELLED: _("It was cancelled."),
    Job.State.FAILED: _("Set aside: at every attempt the worker ended without a word."),
}


def wanted(snapshot: Snapshot) -> dict[str, str]:
    """The kinds of word that are to be had for this snapshot, each with the address of the service.

    What was reached in a private network is not made known to an archive, nor is what was only looked at again.
    """
    found = {}
    if settings.TIMESTAMP_URL:
        found[str(Attestation.Kind.TIMESTAMP)] = settings.TIMESTAMP_URL
    public = snapshot.address and refusal(snapshot.address) is None
    if settings.ARCHIVE_URL and public and snapshot.purpose != Snapshot.Purpose.RECHECK:
        found[str(Attestation.Kind.ARCHIVE)] = settings.ARCHIVE_URL
    return found


def attest(actor: User, snapshot: Snapshot) -> list[Attestation]:
    """Ask for what is to be had and was not asked for yet, or failed; call it inside a transaction."""
    if snapshot.state not in Snapshot.KEPT:
        return []
    asked = snapshot.attestations.exclude(state=Attestation.State.FAILED).values_list("kind", flat=True)
    missing = {kind: service for kind, service in wanted(snapshot).items() if kind not in set(asked)}
    return [_asked(actor, snapshot, kind, service) for kind, service in missing.items()]


@transaction.atomic
def ask_again(actor: User, *, snapshot_id: UUID) -> list[Attestation]:
    """The same where somebody asks, who may. 409 where there is nothing to ask for."""
    made = attest(actor, Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot_id))
    if not made:
        raise WrongState(gettext("There is nothing to ask for: it was asked for already, or no service is set up."))
    return made


def _asked(actor: User, snapshot: Snapshot, kind: str, service: str) -> Attestation:
    attestation_id = uuid7()
    job = enqueue(actor, project=snapshot.project_id, kind=KIND, params={"attestation": str(attestation_id)})
    values: dict[str, Any] = {"kind": kind, "service": service, "asked_at": timezone.now()}
    return Attestation.objects.create(id=attestation_id, snapshot=snapshot, job=job, **values)


def run(job: Job) -> None:
    """Do the job this worker has taken: have the word, come back for it, or say why it is not to be had."""
    attestation = Attestation.objects.select_related("snapshot").get(pk=job.params["attestation"])
    try:
        if attestation.kind == Attestation.Kind.TIMESTAMP:
            _end(job, attestation, Attestation.State.DONE, _stamped(attestation))
        else:
            _copied(job, attestation)
    except Refused as error:
        _end(job, attestation, Attestation.State.FAILED, {"reason": pack(error.message)})
    except Failed as error:
        _missed(job, attestation, error.message)


def _stamped(attestation: Attestation) -> dict[str, Any]:
    name = attestation.snapshot.warc_sha256
    content = _content(name)
    question, nonce = timestamps.question(content)
    headers = (("Content-Type", timestamps.QUERY), ("Accept", timestamps.REPLY))
    status, answer = _exchange(attestation.service, Sending("POST", question, headers))
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


def _copied(job: Job, attestation: Attestation) -> None:
    service, key = attestation.service, settings.ARCHIVE_KEY
    if not attestation.ticket:
        standing = archives.ask(service, key, attestation.snapshot.final_url, _exchange)
        Attestation.objects.filter(pk=attestation.pk, state=Attestation.State.PENDING).update(ticket=standing.ticket)
    else:
        standing = archives.look(service, key, attestation.ticket, _exchange)
    if standing.copy:
        values = {"copy": standing.copy, "attested_at": standing.at}
        _end(job, attestation, Attestation.State.DONE, values)
    elif timezone.now() > attestation.asked_at + PATIENCE:
        raise Refused("archive", _("The archive did not say how it went."))
    else:
        postpone(job, seconds=LOOK_AGAIN)


def _exchange(url: str, sending: Sending) -> tuple[int, bytes]:
    with storage.scratch() as folder:
        hop = exchange(url, folder, policy(), sending)
        return hop.status, hop.body.read_bytes()


def _missed(job: Job, attestation: Attestation, why: Message) -> None:
    """It came to nothing: it is tried again, ever later, and at last given up."""
    if attestation.tries >= len(PAUSES):
        _end(job, attestation, Attestation.State.FAILED, {"reason": pack(why)})
        return
    waiting = Attestation.objects.filter(pk=attestation.pk, state=Attestation.State.PENDING)
    waiting.update(tries=attestation.tries + 1, reason=pack(why))
    postpone(job, seconds=PAUSES[attestation.tries].total_seconds())


@transaction.atomic
def _end(job: Job, attestation: Attestation, state: Attestation.State, values: dict[str, Any]) -> None:
    held_job = Job.objects.select_for_update().get(pk=job.pk)
    held = Attestation.objects.select_for_update(of=("self",)).select_related("snapshot").get(pk=attestation.pk)
    if (held_job.state, held_job.attempts) != (Job.State.RUNNING, job.attempts):
        return
    done = state == Attestation.State.DONE
    close(held, state, {"reason": None, **values} if done else values)
    if done:
        finish(job, snapshot=str(held.snapshot_id))
    else:
        fail(job, str(unpack(held.reason or {})), item=held.service)


def close(held: Attestation, state: Attestation.State, values: dict[str, Any]) -> None:
    """End a held attestation and tell of it. Call it inside a transaction."""
    for name, value in values.items():
        setattr(held, name, value)
    held.state, held.ended_at = state, timezone.now()
    held.seal = seal(sealed_attestation(held))
    held.save()
    verbs = {Attestation.Kind.TIMESTAMP: "snapshot.timestamped", Attestation.Kind.ARCHIVE: "snapshot.archived"}
    verb = verbs[Attestation.Kind(held.kind)] if state == Attestation.State.DONE else "snapshot.not_attested"
    tell(held.snapshot, verb, service=held.service)


def settle_lost() -> int:
    """Bring attestations to an end whose job was cancelled or set aside; how many."""
    lost = Attestation.objects.filter(state=Attestation.State.PENDING, job__state__in=ENDED_WITH_ITS_JOB)
    return sum(_settle(attestation_id) for attestation_id in lost.values_list("pk", flat=True)[:1000])


@transaction.atomic
def _settle(attestation_id: UUID) -> bool:
    rows = Attestation.objects.select_for_update(of=("self",)).select_related("job", "snapshot")
    held = rows.get(pk=attestation_id)
    if held.state != Attestation.State.PENDING:
        return False
    close(held, Attestation.State.FAILED, {"reason": pack(ENDED_WITH_ITS_JOB[Job.State(held.job.state)])})
    return True


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
