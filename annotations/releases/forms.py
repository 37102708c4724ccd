"""The form that asks for a release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article
from annotations.articles.queries import name_of
from annotations.claims.wording import LABEL_WORDS, STATUS_WORDS
from annotations.releases.queries import BY_DEFAULT, RELEASABLE
from annotations.releases.services import SETTLED
from annotations.releases.withdrawing import LONGEST

LICENSES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0", "ODbL-1.0")


class WithdrawalForm(forms.Form):
    """Why a release is taken back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Everybody who opens the release reads it. Its files stay; it cannot be undone."),
    )


class ReleaseForm(forms.Form):
    """Title, license, and which claims."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    license = forms.CharField(
        label=_("License"),
        max_length=100,
        initial="CC-BY-4.0",
        help_text=_("What others may do with it; an SPDX name is best."),
        widget=forms.TextInput(attrs={"list": "licenses", "autocomplete": "off"}),
    )
    status = forms.MultipleChoiceField(
        label=_("Status"),
        required=False,
        choices=[(value, STATUS_WORDS[value]) for value in RELEASABLE],
        initial=list(BY_DEFAULT),
        widget=forms.CheckboxSelectMultiple,
    )
    label = forms.MultipleChoiceField(
        label=_("Label"),
        required=False,
        choices=[(value, LABEL_WORDS[value]) for value in SETTLED],
        widget=forms.CheckboxSelectMultiple,
    )
    articles = forms.ModelMultipleChoiceField(
        label=_("Articles"),
        required=False,
        queryset=Article.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen means every article. Ctrl or ⌘ chooses several."),
    )

    without_text = forms.BooleanField(
        label=_("Leave the texts out"),
        required=False,
        help_text=_(
            "Where you may not pass them on. The words of claims go with it all the same; where they stand can be "
            "checked only by who has the text, against its SHA-256. Label Studio and doccano get no files."
        ),
    )

    def __init__(self, *args: Any, articles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["articles"]
        field.queryset = articles  # type: ignore[attr-defined]  # it is a ModelMultipleChoiceField
        field.label_from_instance = name_of  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What `request_release` takes, of a valid form."""
        data = self.cleaned_data
        articles = [str(article.pk) for article in data["articles"]]
        filter = {"status": data["status"], "label": data["label"], "articles": articles}
        words = {"title": data["title"], "license": data["license"]}
        return {**words, "filter": filter, "include_text": not data["without_text"]}
