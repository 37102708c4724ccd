"""What Django does with the project when it is ready."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Makes the Celery application, so that whoever sends a task sends it to our broker."""

    name = "workbench"

    def ready(self) -> None:
        """Not at import: the process that only looks after the others would carry Celery for nothing."""
        import workbench.celery  # noqa: F401  # importing it makes it the current application
