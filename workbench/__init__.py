"""The Django project: settings, processes and the embedded servers."""

from workbench.celery import app as celery_app

__all__ = ["celery_app"]
