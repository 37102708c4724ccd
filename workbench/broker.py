"""Connections to the broker that come back soon: kombu by itself waits ever longer, up to half a minute."""

from typing import Any

from celery.app.amqp import AMQP
from kombu.connection import Connection

EVERY = 1.0  # seconds between two tries


class PromptConnection(Connection):
    """A connection that is tried for every second."""

    def ensure_connection(self, errback: Any = None, max_retries: Any = None, **more: Any) -> Any:
        """Wait until the broker is there."""
        steady = {"interval_start": EVERY, "interval_step": 0, "interval_max": EVERY}
        return super().ensure_connection(errback, max_retries, **{**steady, **more})  # type: ignore[no-untyped-call]  # kombu's


class PromptAMQP(AMQP):
    """Celery's ways to the broker, with such connections."""

    Connection = PromptConnection
