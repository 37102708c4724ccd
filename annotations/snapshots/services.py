"""Writes of snapshots: asking for one, storing one, and bringing to an end those whose job was lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from uuid_utils.compat import uuid7

from annotations import storage
from annotations.accounts.models import User
from annotations.errors import WorkbenchError, WrongState
from annotations.fetching.policy import VERSION
from annotations.jobs.models import Job
from annotations.jobs.services import enqueue, fail, finish
from annotations.messages import gettext as _
from annotations.messages import pack, unpack
from annotations.snapshots.attesting import attest
from annotations.snapshots.models import Snapshot
from annotations.snapshots.queries import sealed_values
from annotations.snapshots.sealing import seal
from annotations.snapshots.telling import tell

FETCHER = f"Fact-check Workbench/{VERSION}"
KIND = "annotations.snapshots.take"
ENDED_WITH_ITS_JOB = {
    Job.State.CANCELLED: ("cancelled", _("The fetch was cancelled.")),
    Job.State.FAILED: ("set_aside", _("Set aside: at every attempt the worker ended without a word.")),
}


Then = Callable[[Job, Snapshot], dict[str, Any]]


@transaction.atomic
def request_snapshot(
    actor: User, *, project_id: int, url: str, params: dict[str, Any] | None = None, **about: Any
) -> Snapshot:
    """Ask for a fetch of `url`; `about` is source, claim and purpose. Callers have asked whether the person may.

    `params` are the job's, for who goes on when it has ended. 409 where fetching is switched off.
    """
    if not settings.FETCH:
        raise WrongState(gettext("Nothing is fetched from this machine. Upload the document instead."))
    snapshot = _queued(actor, project_id, params or {}, {"url": url, **about})
    tell(snapshot, "snapshot.requested")
    return snapshot


@transaction.atomic
def store_upload(actor: User, *, project_id: int, params: dict[str, Any] | None = None, **values: Any) -> Snapshot:
    """Keep an uploaded document, whose WARC file is stored already, and have its text read."""
    snapshot = _queued(actor, project_id, params or {}, values)
    tell(snapshot, "snapshot.requested")
    return snapshot


def _queued(actor: User, project_id: int, params: dict[str, Any], values: dict[str, Any]) -> Snapshot:
    snapshot_id = uuid7()
    job = enqueue(actor, project=project_id, kind=KIND, params={"snapshot": str(snapshot_id), **params})
    return Snapshot.objects.create(
        id=snapshot_id, project_id=project_id, job=job, requested_by=actor, requested_at=timezone.now(), **values
    )


@transaction.atomic
def begin(snapshot_id: UUID) -> Snapshot:
    """The snapshot of a job that a worker has taken, as being fetched."""
    snapshot = Snapshot.objects.select_for_update().get(pk=snapshot_id)
    if snapshot.state == Snapshot.State.QUEUED:
        snapshot.state = Snapshot.State.FETCHING
        snapshot.save(update_fields=["state"])
    return snapshot


def draft(snapshot: Snapshot, sha256: str) -> None:
    """Write down what will be stored, before it is: what a worker stored that died before the end is found by this."""
    Snapshot.objects.filter(pk=snapshot.pk, state__in=Snapshot.WAITING).update(draft_sha256=sha256)


@transaction.atomic
def end(job: Job, snapshot: Snapshot, state: str, values: dict[str, Any], then: Then) -> None:
    """End a snapshot and its job, with all that came of it; `then` does what follows from it, and what it gives goes
    into the job's result. What is refused there is the job's failure, and the snapshot stays.

    409 where the job was cancelled or taken over: nothing is changed then.
    """
    held_job = Job.objects.select_for_update().get(pk=job.pk)
    if (held_job.state, held_job.attempts) != (Job.State.RUNNING, job.attempts):
        raise WrongState(gettext("This job was cancelled or taken over."))
    held = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    _end(held, state, values)
    try:
        with transaction.atomic():
            result = then(job, held)
    except WorkbenchError as error:
        fail(job, error.detail, item=held.url or held.file_name)
    else:
        if state in Snapshot.KEPT:
            finish(job, snapshot=str(snapshot.pk), **result)
            attest(held.requested_by, held)
        else:
            fail(job, str(unpack(held.reason or {})), item=held.url)
    tell(held, f"snapshot.{state}", reason_code=held.reason_code)


def settle_lost() -> int:
    """Bring snapshots to an end whose job has ended without them: cancelled, or set aside; how many."""
    rows = Snapshot.objects.filter(state__in=Snapshot.WAITING, job__state__in=ENDED_WITH_ITS_JOB)
    return sum(settle(snapshot_id) for snapshot_id in rows.values_list("pk", flat=True)[:1000])


@transaction.atomic
def settle(snapshot_id: UUID) -> bool:
    """Bring one of them to an end; False where it has one already."""
    snapshot = Snapshot.objects.select_for_update(of=("self",)).select_related("job").get(pk=snapshot_id)
    if snapshot.state not in Snapshot.WAITING or snapshot.job is None:
        return False
    if snapshot.draft_sha256:
        # What a worker stored that died before the end.
        transaction.on_commit(lambda: storage.remove(snapshot.draft_sha256))
    code, reason = ENDED_WITH_ITS_JOB[Job.State(snapshot.job.state)]
    _end(snapshot, Snapshot.State.FAILED, {"reason_code": code, "reason": pack(reason)})
    tell(snapshot, "snapshot.failed", reason_code=code)
    return True


def _end(snapshot: Snapshot, state: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(snapshot, name, value)
    snapshot.state, snapshot.ended_at = Snapshot.State(state), timezone.now()
    snapshot.seal = seal(sealed_values(snapshot))
    snapshot.save()
