"""Index of every Celery task, for the worker's discovery."""

from annotations.jobs.tasks import sweep
from annotations.releases.tasks import build

__all__ = ["build", "sweep"]
