"""The words of releases: what of a claim differs from the release before."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FACET_WORDS: dict[str, str | Promise] = {
    "proposition": _("proposition"),
    "label": _("label"),
    "attribution": _("attribution"),
    "parts": _("parts"),
    "verdicts": _("verdicts"),
    "evidence": _("evidence"),
    "status": _("status"),
}
