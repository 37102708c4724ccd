"""Housekeeping of presence."""

from celery import shared_task

from annotations.live.presence import purge_presence


@shared_task(name="annotations.live.purge_presence", expires=600)
def forget() -> int:
    """Forget who was where when it is over; how many rows."""
    return purge_presence()
