"""A worker's sign of life, for whoever looks after it: a file is touched whenever a message gets through to it."""

from pathlib import Path

from django.conf import settings


def beat() -> None:
    """Touch the file that `up` watches; without one there is nobody to tell."""
    if settings.PULSE:
        Path(settings.PULSE).touch()
