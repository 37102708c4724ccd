"""The job that takes a snapshot, and the looks at sources and verdicts that nobody asks for."""

from uuid import UUID

from celery import shared_task

from annotations.claims import importing
from annotations.jobs.models import Job
from annotations.jobs.services import take as take_job
from annotations.snapshots import taking
from annotations.snapshots.models import Snapshot
from annotations.verification import rechecking


@shared_task(name="annotations.snapshots.take")
def take(job_id: str) -> None:
    """Take the snapshot of a job, unless it has ended or another worker is at it."""
    job = take_job(UUID(job_id))
    if job is not None:
        taking.run(job, _follow)


def _follow(job: Job, snapshot: Snapshot) -> dict[str, str]:
    """What comes of a snapshot: an article, or what it says of its source."""
    return (importing.follow if snapshot.purpose == Snapshot.Purpose.ARTICLE else rechecking.follow)(job, snapshot)


@shared_task(name="annotations.verification.look_again", expires=50)
def look() -> int:
    """Ask for new snapshots of the sources that are due."""
    return rechecking.look_again()


@shared_task(name="annotations.verification.expire", expires=3000)
def outdate() -> int:
    """Mark verdicts stale that are too old."""
    return rechecking.expire()
