"""Housekeeping of what endpoints share."""

from celery import shared_task

from annotations.web.idempotency import purge_idempotency_keys


@shared_task(name="annotations.web.purge_idempotency_keys", expires=600)
def purge() -> int:
    """Forget the answers kept for idempotent writes when their day is over; how many."""
    return purge_idempotency_keys()
