"""Signs of life of a job while it waits for others' servers, and the connection to the database it does without."""

from collections.abc import Callable

from django.db import connection

from annotations.jobs.models import Job
from annotations.jobs.services import advance


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


def sign_of_life(job: Job) -> Callable[[], None]:
    """What a fetch calls about once a second: Stopped where the job is no longer this worker's."""

    def tick() -> None:
        if not advance(job, done=0, total=1):
            raise Stopped
        let_go()

    return tick


def let_go() -> None:
    """Give the connection to the database back while others' servers are waited for: there are fewer than fetches."""
    if not connection.in_atomic_block:
        connection.close()
