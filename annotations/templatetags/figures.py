"""Words inside pictures, where there is text alone: labels by their names."""

from django import template
from django.utils.translation import gettext as _

from annotations.claims.wording import LABEL_WORDS
from annotations.live.figures import UNSETTLED
from annotations.templatetags.workbench import MARKS

register = template.Library()


@register.simple_tag
def label_text(value: str) -> str:
    """A label's glyph, letter and word; `unsettled` where a claim has none."""
    if value == UNSETTLED:
        return _("not settled")
    return f"{label_letter(value)} {LABEL_WORDS[value]}"


@register.simple_tag
def label_letter(value: str) -> str:
    """Its glyph and letter alone."""
    glyph, letter = MARKS[value]
    return f"{glyph} {letter}"
