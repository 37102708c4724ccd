"""Whether the services that vouch for snapshots are set up whole."""

import ssl
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def vouchers(**_about: Any) -> list[CheckMessage]:
    """A timestamp that cannot be checked proves nothing: its authority's roots have to be at hand."""
    if not settings.TIMESTAMP_URL:
        return []
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(settings.TIMESTAMP_CA)
    except OSError as error:  # SSLError is one
        hint = "Name a file with the authority's root certificates (PEM)."
        return [
            Error(f"TIMESTAMP_URL is set, but TIMESTAMP_CA is not to be read: {error}", hint=hint, id="workbench.E001")
        ]
    return []
