"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register

from annotations.snapshots.setup import vouchers


class AnnotationsConfig(AppConfig):
    """Names the app."""

    name = "annotations"
    verbose_name = "Fact-check Workbench"

    def ready(self) -> None:
        """Have what the environment says looked at when a process starts."""
        register(vouchers)
