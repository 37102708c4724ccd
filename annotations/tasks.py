"""Index of every Celery task, for the worker's discovery."""

from annotations.importing.tasks import bring_in
from annotations.jobs.tasks import beat, sweep
from annotations.live.tasks import forget
from annotations.releases.tasks import build
from annotations.snapshots.tasks import attest, settle
from annotations.verification.tasks import look, outdate, take
from annotations.web.tasks import purge

__all__ = ["attest", "beat", "bring_in", "build", "forget", "look", "outdate", "purge", "settle", "sweep", "take"]
