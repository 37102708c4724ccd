"""Says how far a build is, while the build itself stands in a snapshot in which nothing can be written."""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.db import connections

from annotations.jobs.models import Job
from annotations.jobs.services import advance

EVERY = 0.2  # seconds


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over: nothing of this build may become visible."""


class Reporter:
    """Tells a job's row how far the work is, from a thread that has a database connection of its own."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told_at = float("-inf")
        self._done = self._total = 0
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "Reporter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()

    def tell(self, *, done: int, total: int) -> None:
        """Say how many claims are done, a few times a second at most. Stopped where the work should end."""
        self._done, self._total = done, total
        if time.monotonic() - self._told_at < EVERY:
            return
        if not self._thread.submit(advance, self.job, done=done, total=total).result():
            raise Stopped
        self._told_at = time.monotonic()

    def beside(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines, with a sign of life now and then while they are worked on. Stopped as for `tell`."""
        for line in lines:
            self.tell(done=self._done, total=self._total)
            yield line
