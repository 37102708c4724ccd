"""The job that brings a file in."""

from uuid import UUID

from celery import shared_task

from annotations.importing import running
from annotations.importing.services import KIND
from annotations.jobs.services import take


@shared_task(name=KIND)
def bring_in(job_id: str) -> None:
    """Bring the file of a job in, unless it has ended or another worker is at it."""
    job = take(UUID(job_id))
    if job is not None:
        running.run(job)
