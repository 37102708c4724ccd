"""Turns at a host, for all processes together: two requests to one host are some time apart."""

from django.db import connection, transaction

KNOW = "INSERT INTO annotations_hostpace (host, free_at) VALUES (%s, clock_timestamp()) ON CONFLICT DO NOTHING"
WAIT = """
SELECT extract(epoch FROM free_at - clock_timestamp())::float8 FROM annotations_hostpace WHERE host = %s FOR UPDATE
"""
TAKE = """
UPDATE annotations_hostpace SET free_at = greatest(free_at, clock_timestamp()) + %s * interval '1 second'
WHERE host = %s
"""
FORGET = "DELETE FROM annotations_hostpace WHERE free_at < now() - interval '1 hour'"


def take_turn(host: str, *, pause: float, patience: float) -> float:
    """Seconds to wait before asking the host. More than `patience`: no turn was taken, ask again then."""
    if not pause:
        return 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KNOW, [host])
        cursor.execute(WAIT, [host])
        wait: float = cursor.fetchone()[0]
        if wait <= patience:
            cursor.execute(TAKE, [pause, host])
    return max(0.0, wait)


def forget() -> None:
    """Drop hosts that nobody asked for an hour."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
