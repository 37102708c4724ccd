"""The sweep: what the broker lost is found in the table; and the workers' signs of life."""

from celery import shared_task

from annotations.jobs import pulse, services


@shared_task(name="annotations.jobs.sweep", expires=10)
def sweep() -> int:
    """Send again what was lost."""
    return services.sweep()


@shared_task(name="annotations.jobs.pulse", expires=20)
def beat() -> None:
    """Show that this worker hears."""
    pulse.beat()
