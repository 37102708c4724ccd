"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register


class AnnotationsConfig(AppConfig):
    """Names the app."""

    name = "annotations"
    verbose_name = "Fact-check Workbench"

    def ready(self) -> None:
        """Have what the environment says looked at when a process starts."""
        from annotations.snapshots import setup

        register(setup.vouchers)
