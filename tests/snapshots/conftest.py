"""A web to take snapshots of, and the worker that takes them, one after the other when the test says so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotations.jobs.models import Job
from annotations.snapshots import attesting
from annotations.snapshots.services import KIND
from annotations.snapshots.tasks import attest
from annotations.tasks import take
from tests.factories.web import Web, serving

WORKERS: dict[str, Callable[[str], object]] = {KIND: take, attesting.KIND: attest}


@pytest.fixture
def web(settings: Any, tmp_path: Path) -> Iterator[Web]:
    """A web that may be fetched from, and storage of the test's own."""
    settings.STORAGE_ROOT = tmp_path / "files"
    with serving() as found:
        settings.FETCH, settings.FETCH_PAUSE = True, 0
        settings.FETCH_ALLOW_NETWORKS, settings.FETCH_PORTS = ["127.0.0.0/8"], [found.port]
        yield found


def work() -> int:
    """Do every job that waits; how many."""
    jobs = list(Job.objects.filter(state=Job.State.QUEUED).order_by("created_at"))
    for job in jobs:
        WORKERS[job.kind](str(job.pk))
    return len(jobs)
