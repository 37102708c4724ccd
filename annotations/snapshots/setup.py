"""Whether the services that vouch for snapshots are set up whole."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from annotations.snapshots.timestamps import roots


def vouchers(**_about: Any) -> list[CheckMessage]:
    """A timestamp that cannot be checked proves nothing: its authority's roots have to be at hand."""
    if not settings.TIMESTAMP_URL:
        return []
    try:
        roots(settings.TIMESTAMP_CA)
    except (OSError, ValueError) as error:
        hint = "Name a file with the authority's root certificates (PEM)."
        return [
            Error(f"TIMESTAMP_URL is set, but TIMESTAMP_CA is not to be read: {error}", hint=hint, id="workbench.E001")
        ]
    return []
