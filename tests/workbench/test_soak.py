"""The full counts: what the ordinary tests do once or twice, twenty times and at random moments."""

import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from tests.product import Product, eventually

pytestmark = pytest.mark.soak
ROUNDS = 20
CHILDREN = 7  # two servers, two web processes, worker, fetcher, beat

Left = Callable[[Path], list[psutil.Process]]


def test_started_and_stopped_twenty_times(product_factory: Any, folder: Path, rows: Any, left_over: Left) -> None:
    home = folder / "home"
    for number in range(ROUNDS):
        product = product_factory(home)
        rows(home).add(number)
        assert product.stop(random.choice([signal.SIGINT, signal.SIGTERM])) == 0
        assert eventually(lambda: left_over(home) == [], 5)
    product_factory(home)
    assert rows(home).numbers() == list(range(ROUNDS))


def test_children_killed_at_random_lose_no_acknowledged_row(product_factory: Any, rows: Any) -> None:
    product = product_factory()
    kept = rows(product.home)
    acknowledged: list[int] = []
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            try:
                kept.add(number)
                acknowledged.append(number)
            except psycopg.Error:
                time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(ROUNDS):
            assert eventually(lambda: len(psutil.Process(product.pid).children()) == CHILDREN), product.output
            random.choice(psutil.Process(product.pid).children()).kill()
            time.sleep(random.uniform(0, 4))
    finally:
        ended.set()
        writer.join()
    assert eventually(lambda: len(psutil.Process(product.pid).children()) == CHILDREN), product.output
    assert set(acknowledged) <= set(kept.numbers())
    assert len(acknowledged) > ROUNDS


def test_starts_killed_at_random_moments_leave_nothing_and_lose_nothing(
    product_factory: Any, folder: Path, rows: Any, left_over: Left
) -> None:
    home = folder / "home"
    for _ in range(ROUNDS):
        product = Product(home, "--port", "0", "--no-sample")
        time.sleep(random.uniform(0.1, 6))
        product.process.kill()
        product.process.wait()
        assert eventually(lambda: left_over(home) == [], 10), left_over(home)
    product_factory(home)
    rows(home).add(1)
    assert rows(home).numbers() == [1]
