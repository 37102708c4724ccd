"""What fetching keeps to: limits and permissions, all of them settings."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.fetching.addresses import Network

VERSION = "1"


@dataclass(frozen=True)
class Policy:
    """Limits of one fetch. Times are in seconds, sizes in bytes on the wire, with the heads of all its answers."""

    user_agent: str
    ports: Collection[int] = (80, 443, 8080, 8443)
    allowed: Collection[Network] = ()
    seconds: float = 60.0
    most_bytes: int = 20_000_000
    redirects: int = 5
    robots: bool = True
    pause: float = 1.0  # between two requests to one host
