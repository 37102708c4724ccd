"""The words in which people read what a claim is and how it stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import ContentKind, LabelValue, Status

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
# The labels and the kinds of what is said as who labels sees them: the key, the glyph of a label, the words.
LABELS = {
    LabelValue.ATTRIBUTED: ("1", "❝", _("Attributed statement")),
    LabelValue.VERIFIABLE: ("2", "◆", _("Verifiable fact")),
    LabelValue.OPINION: ("3", "~", _("Opinion")),
}
ABSTAINING = {LabelValue.UNSURE: ("u", "?", _("Unsure")), LabelValue.NOT_A_CLAIM: ("n", "∅", _("Not a claim"))}
CONTENT_KINDS = {
    ContentKind.FACT: ("f", _("fact")),
    ContentKind.EVALUATION: ("e", _("evaluation")),
    ContentKind.PREDICTION: ("p", _("prediction")),
    ContentKind.DIRECTIVE: ("d", _("demand")),
    ContentKind.COMMISSIVE: ("c", _("promise")),
}
