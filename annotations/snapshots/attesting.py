"""Asking others to vouch for a snapshot: the rows, and the jobs that see to them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from uuid_utils.compat import uuid7

from annotations.accounts.models import User
from annotations.errors import WrongState
from annotations.fetching.addresses import refusal
from annotations.jobs.models import Job
from annotations.jobs.services import enqueue
from annotations.messages import gettext as _
from annotations.messages import pack
from annotations.snapshots.models import Attestation, Snapshot
from annotations.snapshots.queries import sealed_attestation
from annotations.snapshots.sealing import seal
from annotations.snapshots.telling import tell

KIND = "annotations.snapshots.attest"
ENDED_WITH_ITS_JOB = {
    Job.State.CANCELLED: _("It was cancelled."),
    Job.State.FAILED: _("Set aside: at every attempt the worker ended without a word."),
}


def wanted(snapshot: Snapshot) -> dict[str, str]:
    """The kinds of word that are to be had for this snapshot, each with the address of the service.

    What was reached in a private network is not made known to an archive, nor is what was only looked at again.
    """
    found: dict[str, str] = {}
    if not settings.FETCH:
        return found
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
