"""The jobs that take snapshots, and the sweep of what was lost."""

from celery import shared_task

from annotations.snapshots import pacing, services


@shared_task(name="annotations.snapshots.settle", expires=10)
def settle() -> int:
    """Bring snapshots to an end whose job was cancelled or set aside."""
    pacing.forget()
    return services.settle_lost()
