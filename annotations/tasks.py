"""Index of every Celery task, for the worker's discovery."""

from annotations.jobs.tasks import sweep

__all__ = ["sweep"]
