"""Asking for long work, and keeping its row true while it runs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.errors import WrongState
from annotations.jobs import pulse
from annotations.jobs.hinting import hint
from annotations.jobs.models import Job
from annotations.jobs.queries import job_for
from annotations.jobs.wording import STATE_WORDS

ATTEMPTS = 3
SILENCE = timedelta(seconds=20)  # a running job that says nothing for so long has lost its worker
SWEPT = 200  # jobs at once
UNHEARD = timedelta(seconds=5)  # a queued job that nobody took for so long has lost its message


def enqueue(actor: User, *, project: int, kind: str, params: dict[str, Any]) -> Job:
    """Write down work to be done; call it inside the transaction of the request.

    `kind` is the name of the Celery task. The message goes out after commit; if the broker is away, the sweep sends it.
    """
    job = Job.objects.create(project_id=project, kind=kind, params=params, requested_by=actor)
    transaction.on_commit(lambda: hint(job.kind, str(job.pk)))
    return job


@transaction.atomic
def take(job_id: UUID) -> Job | None:
    """Take the job for this worker; None where it has ended, or another worker is at it.

    After three attempts that died without a word the job is set aside as failed.
    """
    job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None or job.state in Job.ENDED:
        return None
    now = timezone.now()
    if job.not_before and job.not_before > now:
        return None
    if job.state == Job.State.RUNNING and job.heartbeat_at and job.heartbeat_at > now - SILENCE:
        return None
    if job.attempts >= ATTEMPTS:
        fail(job, gettext_noop("Set aside: at every attempt the worker ended without a word."))
        return None
    job.state, job.attempts = Job.State.RUNNING, job.attempts + 1
    job.started_at, job.heartbeat_at = job.started_at or now, now
    job.save(update_fields=["state", "attempts", "started_at", "heartbeat_at"])
    return job


def advance(job: Job, *, done: int, total: int) -> bool:
    """Say how far the work is; False where it was cancelled and should stop."""
    job.done, job.total = done, total
    pulse.beat()  # a worker of one task at a time hears of nothing else meanwhile
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    return bool(running.update(done=done, total=total, heartbeat_at=timezone.now()))


def postpone(job: Job, *, seconds: float) -> None:
    """Give a taken job back for a while; that was no attempt. The sweep hands it out again."""
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    until = timezone.now() + timedelta(seconds=seconds)
    running.update(state=Job.State.QUEUED, attempts=job.attempts - 1, not_before=until, heartbeat_at=None)


def finish(job: Job, **result: Any) -> None:
    """The work is done; call it in the transaction that makes its result visible. 409 where it was cancelled."""
    if not _end(job, Job.State.SUCCEEDED, result=result, done=job.total):
        raise WrongState(_("This job was cancelled or taken over."))


def tell_errors(job: Job, errors: list[dict[str, str]]) -> None:
    """Say which items of the work could not be done, each `{item, detail}`, while the rest goes on."""
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts).update(errors=errors)


def fail(job: Job, detail: str, *, item: str = "") -> None:
    """The work cannot be done, and why: in English, for many read the row. Where it is shown, a known sentence is
    translated.
    """
    _end(job, Job.State.FAILED, errors=[*job.errors, {"item": item, "detail": detail}])


@transaction.atomic
def cancel(actor: User, *, job_id: UUID) -> Job:
    """Stop a job that has not ended; 409 where it has. Whoever may see it may."""
    job = job_for(actor, job_id)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state in Job.ENDED:
        raise WrongState(_("This job has ended already: it is %(state)s.") % {"state": STATE_WORDS[job.state]})
    _end(job, Job.State.CANCELLED)
    job.refresh_from_db()
    record(actor, "job.cancelled", job, project=job.project_id, kind=job.kind)
    return job


def sweep() -> int:
    """Send again what the broker or a worker lost; how many jobs that were."""
    now = timezone.now()
    lost = Q(state=Job.State.QUEUED, created_at__lt=now - UNHEARD) | Q(
        state=Job.State.RUNNING, heartbeat_at__lt=now - SILENCE
    )
    due = Q(not_before=None) | Q(not_before__lte=now)
    # In any order: none waits behind others that nobody can take now.
    jobs = list(Job.objects.filter(lost, due).order_by("?")[:SWEPT])
    for job in jobs:
        hint(job.kind, str(job.pk))
    return len(jobs)


def _end(job: Job, state: Job.State, **values: Any) -> bool:
    rows = Job.objects.filter(pk=job.pk, attempts=job.attempts).exclude(state__in=Job.ENDED)
    changed = rows.update(state=state, ended_at=timezone.now(), heartbeat_at=timezone.now(), **values)
    return bool(changed)
