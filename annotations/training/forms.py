"""Forms of the training: an answer, and a gold claim."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.articles.forms import LANGUAGES
from annotations.claims.models import Claim, LabelValue
from annotations.claims.wording import CONTENT_KINDS, LABEL_WORDS

KINDS = [("", "–"), *((kind, words) for kind, (_key, words) in CONTENT_KINDS.items())]


class AnswerForm(forms.Form):
    """My answer to one claim of the training."""

    claim = forms.UUIDField(widget=forms.HiddenInput)
    label = forms.ChoiceField(choices=LabelValue.choices, error_messages={"required": _("Choose a label first.")})
    content_kind = forms.ChoiceField(choices=KINDS, required=False)

    def content(self) -> dict[str, Any]:
        """What the service takes. A kind that was chosen before another label is not asked for any more."""
        data = self.cleaned_data
        attributed = data["label"] == LabelValue.ATTRIBUTED
        return {**data, "content_kind": (attributed and data["content_kind"]) or None}


class SettledForm(forms.Form):
    """Which closed claim to take as gold."""

    claim = forms.ChoiceField(label=_("Closed claim"))

    def __init__(self, *args: Any, claims: Sequence[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(claim.pk), f"{LABEL_WORDS[claim.label or '']}: {_shortened(claim.exact)}") for claim in claims]
        self.fields["claim"].choices = words  # type: ignore[attr-defined]  # a ChoiceField


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
    rule = forms.ChoiceField(label=_("Rule of the codebook"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, rules: Sequence[dict[str, str]], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(rule["id"], f"{rule['id']}: {_shortened(rule['text'])}") for rule in rules]
        self.fields["rule"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # a ChoiceField
        known = {"": "–", **LANGUAGES, **({language: LANGUAGES.get(language, language)} if language else {})}
        self.fields["language"].choices = list(known.items())  # type: ignore[attr-defined]  # a ChoiceField

    def content(self) -> dict[str, Any]:
        """What the service takes; line ends as texts are stored."""
        data = {**self.cleaned_data, "content_kind": self.cleaned_data["content_kind"] or None}
        return data | {name: data[name].replace("\r\n", "\n") for name in ("text", "exact")}


def _shortened(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(90)
