"""What fetching keeps to here, from the settings."""

from django.conf import settings

from annotations.fetching.addresses import networks
from annotations.fetching.policy import Policy


def policy() -> Policy:
    """What fetching keeps to here, from the settings."""
    return Policy(
        user_agent=settings.FETCH_USER_AGENT,
        ports=settings.FETCH_PORTS,
        allowed=networks(settings.FETCH_ALLOW_NETWORKS),
        seconds=settings.FETCH_SECONDS,
        most_bytes=settings.FETCH_BYTES,
        redirects=settings.FETCH_REDIRECTS,
        robots=settings.FETCH_ROBOTS,
        pause=settings.FETCH_PAUSE,
    )
