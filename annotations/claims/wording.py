"""The words in which people read what a claim is and how it stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import LabelValue, Status

LABEL_WORDS: dict[str, str | Promise] = {
    LabelValue.ATTRIBUTED: _("attributed statement"),
    LabelValue.VERIFIABLE: _("verifiable fact"),
    LabelValue.OPINION: _("opinion"),
    LabelValue.UNSURE: _("unsure"),
    LabelValue.NOT_A_CLAIM: _("not a claim"),
}
STATUS_WORDS: dict[str, str | Promise] = {
    Status.DRAFT: _("draft"),
    Status.LABELLING: _("labelling"),
    Status.AGREED: _("agreed"),
    Status.DISPUTED: _("disputed"),
    Status.CLOSED: _("closed"),
    Status.RESEARCHING: _("researching"),
    Status.PROPOSED: _("proposed"),
    Status.VERIFIED: _("verified"),
    Status.PUBLISHED: _("published"),
    Status.CHALLENGED: _("challenged"),
    Status.STALE: _("stale"),
    Status.CORRECTED: _("corrected"),
    Status.WITHDRAWN: _("withdrawn"),
    Status.VOID: _("void"),
}
