"""What templates of every stage draw alike: labels, statuses, form rows, the project's navigation, guideline text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.wording import ARTICLE_STATUS_WORDS
from annotations.claims.models import LabelValue
from annotations.claims.wording import LABEL_WORDS, STATUS_WORDS
from annotations.codebooks import prose as guidelines
from annotations.codebooks.changes import CHANGED, NEW, VANISHED
from annotations.jobs.wording import STATE_WORDS
from annotations.notifications.queries import unread_count, unwanted_kinds
from annotations.notifications.wording import KINDS
from annotations.projects import access
from annotations.projects.models import Distribution, Membership
from annotations.projects.wording import ROLE_WORDS
from annotations.web.wording import said

register = template.Library()

Words = str | Promise

MARKS: dict[str, tuple[str, str]] = {
    LabelValue.ATTRIBUTED: ("❝", "A"),
    LabelValue.VERIFIABLE: ("◆", "F"),
    LabelValue.OPINION: ("~", "O"),
    LabelValue.UNSURE: ("?", "U"),
    LabelValue.NOT_A_CLAIM: ("∅", "N"),
}
JOBS: dict[str, Words] = {
    "annotations.releases.build": _("Making a release"),
    "annotations.articles.import": _("Importing articles"),
    "annotations.importing.run": _("Bringing in another tool's annotations"),
    "annotations.snapshots.take": _("Keeping a document"),
    "annotations.snapshots.attest": _("Having a snapshot vouched for"),
}
CHANGES: dict[str, Words] = {CHANGED: _("changed"), VANISHED: _("vanished"), NEW: _("new")}
PAGES: list[tuple[str, Words, access.Action]] = [
    ("project", _("Overview"), access.Action.SEE_PROJECT),
    ("articles", _("Articles"), access.Action.SEE_PROJECT),
    ("training", _("Training"), access.Action.LABEL),
    ("queue", _("My queue"), access.Action.LABEL),
    ("assignments", _("Assignments"), access.Action.ASSIGN),
    ("disputes", _("Disputes"), access.Action.DECIDE),
    ("checking", _("Checking"), access.Action.SEE_PROJECT),
    ("agreement", _("Agreement"), access.Action.SEE_PROJECT),
    ("sources", _("Sources"), access.Action.SEE_PROJECT),
    ("releases", _("Releases"), access.Action.SEE_PROJECT),
    ("log", _("Log"), access.Action.SEE_PROJECT),
    ("codebook", _("Codebook"), access.Action.SEE_PROJECT),
    ("members", _("Members"), access.Action.SEE_PROJECT),
    ("project-settings", _("Settings"), access.Action.EDIT_PROJECT),
]


@dataclass(frozen=True)
class PageLink:
    """One entry of the project's navigation; `name` is the route's."""

    name: str
    text: Words
    url: str


@register.simple_tag
def project_pages(membership: Membership) -> list[PageLink]:
    """The project's pages that the member's role may use; assignments where work is handed out, training while on.

    Who sets the training up finds it in the settings.
    """
    hands_out = membership.project.distribution == Distribution.ASSIGNED
    sets_up = access.may(membership.role, access.Action.EDIT_PROJECT)
    hidden = {"assignments": not hands_out, "training": not membership.project.training or sets_up}
    allowed = [
        (name, text) for name, text, action in PAGES if access.may(membership.role, action) and not hidden.get(name)
    ]
    return [PageLink(name, text, reverse(name, args=[membership.project.slug])) for name, text in allowed]


@register.simple_tag
def unread_notifications(user: User) -> int:
    """How many notifications the signed-in reader has not read."""
    return unread_count(user)


@register.simple_tag
def notification_kinds(user: User) -> list[tuple[str, Words, bool]]:
    """Each kind of notification with its name, and whether the reader wants to be told of it."""
    unwanted = unwanted_kinds(user)
    return [(kind, words.choice, kind not in unwanted) for kind, words in KINDS.items()]


@register.filter
def may(membership: Membership, action: str) -> bool:
    """Whether the member may do `action`, the name of a row of the Action × Role table: `membership|may:"RELEASE"`."""
    return access.may(membership.role, access.Action[action])


@register.filter
def told(text: str | None) -> str:
    """A sentence of a pure module in the reader's language."""
    return said(text or "")


@register.filter
def role_word(role: str) -> Words:
    """A role in words."""
    return ROLE_WORDS[role]


@register.simple_tag
def mark(value: str | None) -> SafeString:
    """A label as glyph, letter, underline and word; a dash where there is none."""
    if not value:
        return format_html('<span class="muted">{}</span>', "–")
    glyph, letter = MARKS[value]
    return format_html(
        '<span class="mark mark--{}"><b aria-hidden="true">{} {}</b>{}</span>', value, glyph, letter, LABEL_WORDS[value]
    )


@register.simple_tag
def status(value: str) -> SafeString:
    """A claim's status as its ring and the word."""
    return format_html('<span class="status status--{}">{}</span>', value, STATUS_WORDS[value])


@register.simple_tag
def status_word(value: str) -> Words:
    """A claim's status as a word alone, where its ring stands elsewhere or cannot."""
    return STATUS_WORDS[value]


@register.inclusion_tag("annotations/shell/row.html")
def row(field: BoundField) -> dict[str, Any]:
    """A form's field with its label, hint and errors."""
    return {"field": field, "check": isinstance(field.field.widget, CheckboxInput)}


@register.filter
def prose(text: str) -> SafeString:
    """Guideline text (paragraphs, lists, bold, italic, code) as HTML; everything else in it is escaped."""
    return mark_safe(guidelines.to_html(text))  # noqa: S308  # to_html escapes all it is given


@register.filter
def ticked(text: str) -> SafeString:
    """Text in which `backticks` stand around names, these as code; everything else in it is escaped."""
    pieces = text.split("`")
    drawn = [format_html("<code>{}</code>", piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return format_html_join("", "{}", ((piece,) for piece in drawn))


@register.simple_tag
def change_words(kind: str) -> Words:
    """What became of a rule of the codebook."""
    return CHANGES[kind]


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """A time in UTC, by the reader's locale, with its exact form for machines."""
    if at is None:
        return format_html("{}", "–")
    told = gettext("%(day)s, %(time)s UTC") % {"day": date_format(at), "time": date_format(at, "H:i")}
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), told)


@register.simple_tag
def arrow() -> str:
    """From what was to what is, along the reader's line."""
    return "←" if get_language_bidi() else "→"


@register.simple_tag
def job_name(kind: str) -> Words:
    """What a job of this kind does."""
    return JOBS.get(kind, kind)


@register.simple_tag
def job_state(state: str) -> Words:
    """A job's state in words."""
    return STATE_WORDS[state]


@register.simple_tag
def job_states() -> str:
    """Every state and its words, as `state=words;…` for the script that moves the bar."""
    return ";".join(f"{state}={words}" for state, words in STATE_WORDS.items())


@register.simple_tag
def article_status(value: str) -> Words:
    """An article's status in words."""
    return ARTICLE_STATUS_WORDS[value]


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under `key`, a variable of the template; None where it holds nothing."""
    return found.get(key)
