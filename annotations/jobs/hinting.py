"""Tells workers that there is work. A hint may be lost, and nobody waits for one to be sent: the row is the truth."""

import queue
import threading
from functools import cache

from celery import current_app
from kombu.exceptions import OperationalError

EXPIRES = 30  # seconds; the sweep sends another, and they do not heap up before a worker that is busy
MOST = 500  # hints that wait for a broker that does not answer; what is beyond is swept up later

_waiting: queue.Queue[tuple[str, str]] = queue.Queue(MOST)


def hint(kind: str, job_id: str) -> None:
    """Send the task of a job to a worker, beside what is going on here."""
    _started()
    try:
        _waiting.put_nowait((kind, job_id))
    except queue.Full:
        return


@cache
def _started() -> threading.Thread:
    teller = threading.Thread(target=_tell, name="hints", daemon=True)
    teller.start()
    return teller


def _tell() -> None:
    while True:
        kind, job_id = _waiting.get()
        try:
            current_app.send_task(kind, [job_id], retry=False, expires=EXPIRES)
        except OperationalError:
            continue
