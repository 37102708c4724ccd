"""Forms of imports and of units: what the editor's buttons and keys do, as plain forms."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from annotations.articles.forms import LANGUAGES, ProvenanceForm
from annotations.articles.normalisation import MAX_BYTES, TextRejected, decode
from annotations.claims.models import Kind
from annotations.web.wording import said


class ImportForm(ProvenanceForm):
    """A text, pasted or as a file, with what is known of it. `cleaned_data["text"]` is the text of whichever came."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"})
    )
    file = forms.FileField(
        label=_("or a text file"), required=False, widget=forms.FileInput(attrs={"accept": ".txt,text/plain"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The service says which character it is and where, which Django's own check does not.
        self.fields["text"].validators.clear()
        found = sorted(LANGUAGES.items(), key=lambda item: item[1].casefold())
        self.fields["language"].choices = [("", _("find out from the text")), *found]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["language"].required = False

    def clean(self) -> dict[str, Any]:
        """The file read into `text`; shown in the text's field again where another field needs mending."""
        data = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text", "")
        if file and text.strip():
            self.add_error("file", _("There is a text above as well. Send one of the two."))
        elif file:
            data["text"] = self._read(file)
        elif not text.strip() and "file" not in self.errors:
            self.add_error("text", _("Paste the article's text, or choose a file."))
        return data

    def _read(self, file: "UploadedFile[bytes]") -> str:
        if (file.size or 0) >= MAX_BYTES:
            self.add_error("file", _("The file is too large: it must be under 5 MB."))
            return ""
        try:
            text = decode(file.read())
        except TextRejected as error:
            self.add_error("file", said(error.message))
            return ""
        self.data = {**self.data.dict(), "text": text}  # type: ignore[attr-defined]  # a QueryDict, which is bound here
        return text


class PreviewForm(ImportForm):
    """What was read out of a document, to be mended before it is stored."""

    file = None  # type: ignore[assignment]  # Django's way to leave a field of a form out


class DocumentForm(forms.Form):
    """A document that becomes an article: its address, or a file."""

    address = forms.URLField(
        label=_("Address of a page"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    document = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("HTML, PDF, DOCX, WARC, or a feed of articles."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("address")) == bool(data.get("document")):
            raise forms.ValidationError(_("Paste the address of a page, or choose a file."))
        return data


class AddForm(forms.Form):
    """A unit by its words, or by its place."""

    exact = forms.CharField(
        label=_("Words, exactly as in the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    before = forms.CharField(
        label=_("What stands right before them"),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Only where the words stand at several places."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Kind.choices, required=False, widget=forms.HiddenInput)
    proposition = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, Any]:
        """The unit as `services.add_claims` takes it; a browser sends line ends as CRLF."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("kind", "proposition")}
        if data["start"] is not None and data["end"] is not None:
            return {**kept, "start": data["start"], "end": data["end"]}
        exact, before = (data[name].replace("\r\n", "\n") for name in ("exact", "before"))
        return {**kept, "exact": exact.strip(), "prefix": before}


class SplitForm(forms.Form):
    """Where to cut, in code points of the article."""

    at = forms.IntegerField(min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SpanForm(forms.Form):
    """Another begin or end."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PropositionForm(forms.Form):
    """The claim in one stand-alone sentence."""

    proposition = forms.CharField(
        label=_("Proposition"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
