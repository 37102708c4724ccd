"""Forms of members and settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.projects.models import Distribution, Role

ROLES = [
    (Role.VIEWER, _("viewer: reads closed work and releases")),
    (Role.REVIEWER, _("reviewer: labels, adds sources, proposes verdicts")),
    (Role.ADJUDICATOR, _("adjudicator: decides disputes, approves verdicts")),
    (Role.MANAGER, _("manager: members, settings, articles, releases")),
]


class SentencesField(forms.CharField):
    """Sentences, one a line, each once; ValidationError where there are too many, or one is too long."""

    def prepare_value(self, value: Any) -> Any:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """As a list."""
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > 20 or any(len(line) > 300 for line in found):
            raise forms.ValidationError(_("At most 20 sentences of at most 300 characters."))
        return found


class RoleForm(forms.Form):
    """A role."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.REVIEWER)


class MemberForm(RoleForm):
    """Somebody with an account, who becomes a member."""

    username = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "auto"}),
    )
    field_order = ["username", "role"]


DISTRIBUTIONS = [
    (Distribution.OPEN, _("everybody labels every open claim")),
    (Distribution.ASSIGNED, _("each labels what is assigned to them, or what they take as the next")),
]


class RulesForm(forms.Form):
    """A project's name and rules."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    labels_per_claim = forms.IntegerField(
        label=_("Labels per claim"),
        min_value=1,
        max_value=20,
        initial=2,
        help_text=_("How many people label each claim before its labelling closes. With one there is no agreement."),
    )
    blind = forms.BooleanField(
        label=_("Blind labelling"),
        required=False,
        initial=True,
        help_text=_("Until a claim has closed, a reviewer learns nothing of the others' labels on it."),
    )
    four_eyes = forms.BooleanField(
        label=_("Four eyes"),
        required=False,
        initial=True,
        help_text=_("Who proposes a verdict does not approve it; who labelled a claim does not decide it."),
    )


class SettingsForm(RulesForm):
    """The same for a project that exists: rules are fixed once an article is open, and no change is overwritten."""

    distribution = forms.ChoiceField(
        label=_("How work is handed out"),
        choices=DISTRIBUTIONS,
        required=False,
        help_text=_("This can change at any time. Labels that are there stay."),
    )
    presence = forms.BooleanField(
        label=_("Show who is here"),
        required=False,
        help_text=_(
            "Members see the names of those who have the same article open; never at which claim, nor what they do. "
            "Each person can leave themselves out. In a blind project it is off unless you switch it on."
        ),
    )
    training = forms.BooleanField(
        label=_("Training round first"),
        required=False,
        help_text=_(
            "Who has no label here yet goes through the gold claims of the training before their first one; managers "
            "pass. It needs at least one gold claim; 10 to 15 are good."
        ),
    )
    public = forms.BooleanField(
        label=_("Public pages"),
        required=False,
        help_text=_(
            "Releases that are made while this is on have pages that everybody can read without signing in, and a "
            "ClaimReview file for search engines. While it is off nothing is shown, of earlier releases either."
        ),
    )
    verdict_days = forms.IntegerField(
        label=_("Days a verdict stands"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("A verdict whose as-of day is longer ago becomes stale, to be looked at again. Empty: never."),
    )
    checklist = SentencesField(
        label=_("Checklist of who approves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("One sentence a line. Whoever approves a verdict ticks all of them first. Empty: nothing to tick."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, frozen: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        if frozen:
            for name in ("labels_per_claim", "blind", "four_eyes"):
                self.fields[name].disabled = True

    def clean_distribution(self) -> str:
        """As it is where nothing was chosen."""
        return str(self.cleaned_data["distribution"] or self.initial["distribution"])
