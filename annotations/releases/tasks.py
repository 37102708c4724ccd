"""The job that builds a release."""

from uuid import UUID

from celery import shared_task

from annotations.jobs.services import take
from annotations.releases import building


@shared_task(name="annotations.releases.build")
def build(job_id: str) -> None:
    """Build and publish the release of a job, unless it has ended or another worker is at it."""
    job = take(UUID(job_id))
    if job is not None:
        building.run(job)
