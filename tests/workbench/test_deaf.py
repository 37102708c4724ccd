"""A worker that hears nothing any more is replaced."""

import signal
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.product import Product, eventually
from workbench.local import child


def workers(product: Product, queue: str) -> list[psutil.Process]:
    return [each for each in psutil.Process(product.pid).children(recursive=True) if queue in each.cmdline()]


def test_only_what_has_a_pulse_and_lost_it_is_deaf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "DEAF_SECONDS", 0.4)
    pulse = tmp_path / "pulse"
    deaf = child.Child(child.Plan("deaf", ["sleep", "60"], pulse=pulse), tmp_path)
    mute = child.Child(child.Plan("mute", ["sleep", "60"]), tmp_path)
    for each in (deaf, mute):
        each.start()
    try:
        assert not deaf.deaf()
        time.sleep(0.5)
        assert deaf.deaf() and not mute.deaf()
        pulse.touch()
        assert not deaf.deaf()
    finally:
        child.stop_all([deaf, mute], 5)
    assert not deaf.deaf()


@pytest.mark.soak
def test_a_worker_that_stands_still_is_replaced_within_two_minutes(product_factory: Any) -> None:
    product = product_factory()
    assert eventually(lambda: list((product.home / "run").glob("*.pulse")) and workers(product, "fetching"), 60)
    [before] = workers(product, "fetching")
    before.send_signal(signal.SIGSTOP)
    assert eventually(lambda: [each.pid for each in workers(product, "fetching")] not in ([], [before.pid]), 120)
    assert "it is replaced" in product.output
