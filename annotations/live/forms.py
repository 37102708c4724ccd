"""Filters of the log and of a project's claims, as they stand in the URL."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.audit.models import Event
from annotations.audit.wording import VERBS
from annotations.claims.models import Claim, LabelValue
from annotations.claims.wording import LABEL_WORDS, STATUS_WORDS
from annotations.live.overview import WAY


class LogFilter(forms.Form):
    """Which part of the log: what was done, by whom, in which article; `before` is the event a page ends with."""

    verb = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("everything")), *sorted(VERBS.items(), key=lambda v: str(v[1]))],
    )
    who = forms.CharField(
        label=_("Who"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"list": "people", "dir": "auto", "autocomplete": "off"}),
    )
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def applied(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Of these events, newest first, those that fit; none where the filter makes no sense."""
        if not self.is_valid():
            return events.none()
        wanted = self.cleaned_data
        if wanted["verb"]:
            events = events.filter(verb=wanted["verb"])
        if wanted["who"]:
            events = events.filter(actor__username__iexact=wanted["who"])
        if wanted["article"]:
            events = events.filter(article_id=wanted["article"])
        last = events.filter(pk=wanted["before"]).first() if wanted["before"] else None
        return events.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)) if last else events


class ClaimFilter(forms.Form):
    """Which of a project's claims."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("any")), *((status.value, STATUS_WORDS[status]) for status in WAY)],
    )
    label = forms.ChoiceField(
        label=_("Label"),
        required=False,
        choices=[
            ("", _("any")),
            *((value, words) for value, words in LABEL_WORDS.items() if value != LabelValue.UNSURE),
        ],
    )

    def applied(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        """Of these claims those that fit; none where the filter makes no sense."""
        if not self.is_valid():
            return claims.none()
        return claims.filter(**{name: value for name, value in self.cleaned_data.items() if value})
