"""Forms of an article's provenance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article
from annotations.articles.services import PROVENANCE

LANGUAGES = {
    "ar": "العربية",
    "cs": "Čeština",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "ku": "Kurdî",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def language_name(tag: str) -> str:
    """The language in its own words, or its tag."""
    return LANGUAGES.get(tag, tag)


class ProvenanceForm(forms.Form):
    """What is known of where a text came from; every field may stay empty."""

    title = forms.CharField(label=_("Title"), max_length=500, required=False)
    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        help_text=_("Where it was published."),
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    author = forms.CharField(label=_("Author"), max_length=300, required=False)
    published_on = forms.DateField(
        label=_("Published on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {**LANGUAGES, **({language: language} if language and language not in LANGUAGES else {})}
        self.fields["language"].choices = sorted(known.items(), key=lambda item: item[1].casefold())  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("title", "publisher", "author"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["url"].widget.attrs["dir"] = "ltr"

    def provenance(self) -> dict[str, Any]:
        """The cleaned values by the names that the services take."""
        return {name: self.cleaned_data[name] for name in PROVENANCE}


class ProvenanceEdit(ProvenanceForm):
    """The provenance of one article, as somebody read it at a version."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, article: Article) -> "ProvenanceEdit":
        """The form as the article stands."""
        stands = {name: getattr(article, name) for name in PROVENANCE}
        return cls(initial={**stands, "version": article.version}, language=article.language)
