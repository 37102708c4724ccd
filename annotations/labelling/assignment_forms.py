"""Forms of the managers' page of assignments."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.labelling.allocation import SEEDS


class Ids(forms.Field):
    """Ids of what is ticked in a table; those that are none are refused."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:
        """The ids."""
        try:
            return [UUID(one) for one in value or []]
        except ValueError:
            raise forms.ValidationError(_("Tick rows of the table.")) from None


class People(forms.MultipleChoiceField):
    """Members who may label, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("To whom"), error_messages={"required": _("Choose at least one reviewer.")}, **kwargs)


class AssignForm(forms.Form):
    """Articles or claims ticked in the table, and to whom they go."""

    articles = Ids(required=False)
    claims = Ids(required=False)
    reviewers = People()

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewers"].choices = people  # type: ignore[attr-defined]  # a ChoiceField


class BalanceForm(forms.Form):
    """How work is spread by chance; `plan` is the digest of the plan that was shown."""

    unit = forms.ChoiceField(
        label=_("Hand out"),
        choices=[("articles", _("whole articles")), ("claims", _("single claims"))],
        initial="articles",
        widget=forms.RadioSelect,
    )
    reviewers = People()
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=SEEDS - 1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("The same seed makes the same plan again. Left empty, one is drawn."),
    )
    plan = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewers"].choices = people  # type: ignore[attr-defined]  # a ChoiceField


class MoveForm(forms.Form):
    """Who gets the place."""

    reviewer = forms.ChoiceField(label=_("Give it to"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = people  # type: ignore[attr-defined]  # a ChoiceField
