"""The jobs that have snapshots attested, and the sweep of what was lost."""

from uuid import UUID

from celery import shared_task

from annotations.jobs.services import take
from annotations.snapshots import attesting, pacing, services, vouching


@shared_task(name=attesting.KIND)
def attest(job_id: str) -> None:
    """Have others' word for a snapshot, unless the job has ended or another worker is at it."""
    job = take(UUID(job_id))
    if job is not None:
        vouching.run(job)


@shared_task(name="annotations.snapshots.settle", expires=10)
def settle() -> int:
    """Bring snapshots and attestations to an end whose job was cancelled or set aside."""
    pacing.forget()
    return services.settle_lost() + attesting.settle_lost()
