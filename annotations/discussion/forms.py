"""Forms of a discussion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.discussion.services import LONGEST


class CommentForm(forms.Form):
    """What somebody says."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        help_text=_("@name tells a member of the project."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class CommentEditForm(CommentForm):
    """Another text, made from the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
