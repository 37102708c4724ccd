"""The app's configuration."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Names the app."""

    name = "annotations"
    verbose_name = "Fact-check Workbench"
