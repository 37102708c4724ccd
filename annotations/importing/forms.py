"""The form by which what another tool made is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.importing.formats import NAMES


class FileForm(forms.Form):
    """A file, and what form it has."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    form = forms.ChoiceField(
        label=_("Form"), required=False, choices=[("", _("find out from the file")), *NAMES.items()]
    )
