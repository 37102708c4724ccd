"""The sweep: what the broker lost is found in the table."""

from celery import shared_task

from annotations.jobs import services


@shared_task(name="annotations.jobs.sweep", expires=10)
def sweep() -> int:
    """Send again what was lost."""
    return services.sweep()
