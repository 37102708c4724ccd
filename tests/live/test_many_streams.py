"""Streams that only wait take nothing from everybody else: more of them than there are connections to the database."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import httpx

from tests.product import Product

STREAMS = 24  # more than the pools of both web processes have connections


def test_idle_streams_hold_no_connection(product: Product) -> None:
    product.try_manage("create_user", "listener")
    token = product.manage("create_token", "listener").split()[-1]
    with httpx.Client(
        base_url=f"{product.url}/api/v1/", timeout=10, headers={"Authorization": f"Token {token}"}
    ) as client:
        client.post("projects/", json={"slug": "listening", "name": "Listening"}).raise_for_status()
        waiting: list[Iterator[str]] = []
        with ExitStack() as stack:
            for _ in range(STREAMS):
                accept = {"Accept": "text/event-stream"}
                answer = stack.enter_context(client.stream("GET", "projects/listening/events/", headers=accept))
                waiting.append(answer.iter_lines())  # kept: one that is let go closes its stream
                assert any("position" in line for line in waiting[-1])
            held = product.manage("shell", "-v0", "-c", COUNT)
            assert client.get("projects/").status_code == 200
    assert json.loads(held) < STREAMS


COUNT = """
from django.db import connection
rows = connection.cursor().execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
print(rows.fetchone()[0])
"""
