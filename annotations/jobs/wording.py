"""The words in which people read how a job stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.jobs.models import Job

STATE_WORDS: dict[str, str | Promise] = {
    Job.State.QUEUED: _("waiting for a worker"),
    Job.State.RUNNING: _("running"),
    Job.State.SUCCEEDED: _("done"),
    Job.State.FAILED: _("failed"),
    Job.State.CANCELLED: _("cancelled"),
}
