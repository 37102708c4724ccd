"""The words in which people read how a snapshot stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.snapshots.models import Snapshot

STATE_WORDS: dict[str, str | Promise] = {
    Snapshot.State.QUEUED: _("waiting for a worker"),
    Snapshot.State.FETCHING: _("being fetched"),
    Snapshot.State.FETCHED: _("fetched"),
    Snapshot.State.REFUSED: _("refused"),
    Snapshot.State.FAILED: _("failed"),
    Snapshot.State.UPLOADED: _("uploaded"),
}
