"""The words of checking in templates, and the link to a source."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.adjudication.comparing import attribution_value, attribution_words
from annotations.audit.wording import VERBS
from annotations.claims.models import ContentKind
from annotations.claims.wording import CONTENT_KINDS
from annotations.labelling.forms import ATTRIBUTION
from annotations.messages import unpack
from annotations.releases.wording import FACET_WORDS
from annotations.snapshots.wording import STATE_WORDS
from annotations.verification import wording
from annotations.verification.source_models import Source
from annotations.verification.wording import Words
from annotations.web.wording import said

register = template.Library()


@register.simple_tag
def aspect_words(value: str) -> Words:
    """An aspect."""
    return wording.ASPECTS[value][0]


@register.simple_tag
def facet_word(name: str) -> Words:
    """What of a claim differs from the release before."""
    return FACET_WORDS[name]


@register.simple_tag
def aspect_question(value: str) -> Words:
    """What is asked about an aspect."""
    return wording.ASPECTS[value][1]


@register.simple_tag
def verdict_words(value: str) -> Words:
    """A verdict."""
    return wording.VERDICTS[value][0]


@register.simple_tag
def verdict_state(value: str) -> Words:
    """How a verdict stands."""
    return wording.VERDICT_STATES[value]


@register.simple_tag
def doubt_words(value: str) -> Words:
    """Why an approved verdict is not in force."""
    return wording.DOUBTS[value]


@register.simple_tag
def turn_words(value: str) -> Words:
    """What befell a verdict, before the name of who did it."""
    return wording.TURNS[value]


@register.simple_tag
def stance_words(value: str) -> Words:
    """What a source does to a claim."""
    return wording.STANCES[value]


@register.simple_tag
def tier_words(value: str) -> Words:
    """How near a source is."""
    return wording.TIER_WORDS[value]


@register.simple_tag
def priority_words(value: int) -> Words:
    """How urgent the checking of a claim is."""
    return wording.PRIORITIES[value]


@register.simple_tag
def snapshot_words(value: str) -> Words:
    """How a snapshot stands."""
    return STATE_WORDS[value]


@register.simple_tag
def standing_words(value: str) -> Words:
    """How a source was found when it was looked at last."""
    return wording.STANDINGS[value]


@register.simple_tag
def stale_words(value: str) -> Words:
    """Why a claim is stale."""
    return wording.STALE_KINDS[value]


@register.simple_tag
def event_words(verb: str) -> Words:
    """What was done."""
    return VERBS[verb]


@register.simple_tag
def packed(value: Mapping[str, Any]) -> str:
    """A stored sentence in the reader's language."""
    return said(unpack(value))


@register.simple_tag
def origin_words(value: str | None) -> Words:
    """How a label was settled."""
    return wording.ORIGINS.get(value or "", "–")


@register.simple_tag
def kind_words(value: str) -> Words:
    """A content kind."""
    return CONTENT_KINDS[ContentKind(value)][1]


@register.filter
def attribution_rows(attribution: Mapping[str, Any] | None) -> list[tuple[Words, Words]]:
    """The parts of an attribution that say something, each with its name, in the order of the form."""
    given = attribution or {}
    return [(attribution_words(name), attribution_value(name, given[name])) for name in ATTRIBUTION if given.get(name)]


@register.simple_tag
def source_link(source: Source) -> SafeString:
    """The source's title as a link to its address, which learns nothing of where the reader came from."""
    if not source.url:
        return format_html('<span dir="auto">{}</span>', source.title)
    return format_html(
        '<a href="{}" rel="noreferrer noopener external" dir="auto">{}</a>', source.url, source.title or source.url
    )
