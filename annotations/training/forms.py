"""Forms of the training: an answer, and a gold claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import LabelValue
from annotations.claims.wording import LABEL_WORDS

KINDS = [
    ("", "–"),
    ("fact", _("fact")),
    ("evaluation", _("evaluation")),
    ("prediction", _("prediction")),
    ("directive", _("directive")),
    ("commissive", _("commissive")),
]
KEYS = {
    LabelValue.ATTRIBUTED: "1",
    LabelValue.VERIFIABLE: "2",
    LabelValue.OPINION: "3",
    LabelValue.UNSURE: "u",
    LabelValue.NOT_A_CLAIM: "n",
}


class AnswerForm(forms.Form):
    """My answer to one claim of the training."""

    claim = forms.UUIDField(widget=forms.HiddenInput)
    label = forms.ChoiceField(choices=LabelValue.choices, error_messages={"required": _("Choose a label first.")})
    content_kind = forms.ChoiceField(label=_("What is said is a"), choices=KINDS, required=False)


class GoldForm(forms.Form):
    """One gold claim."""

    text = forms.CharField(
        label=_("Passage"), max_length=5000, strip=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    exact = forms.CharField(
        label=_("The claim's words"),
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Exactly as they stand in the passage."),
    )
    label = forms.ChoiceField(label=_("Label"), choices=list(LABEL_WORDS.items()))
    content_kind = forms.ChoiceField(
        label=_("What is said is a"), choices=KINDS, required=False, help_text=_("For an attributed statement only.")
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The sentence that is shown after the answer."),
    )
    rule = forms.CharField(label=_("Rule of the codebook"), max_length=30, required=False)

    def content(self) -> dict[str, Any]:
        """What the service takes; line ends as texts are stored."""
        data = {**self.cleaned_data, "content_kind": self.cleaned_data["content_kind"] or None}
        return data | {name: data[name].replace("\r\n", "\n") for name in ("text", "exact")}
