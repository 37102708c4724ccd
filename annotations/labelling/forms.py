"""The claim card as a form: what a reviewer says of one claim, sent without a script."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import ContentKind, LabelValue
from annotations.labelling.content import ABSTENTIONS, LabelContent
from annotations.labelling.models import LabelRevision
from annotations.labelling.places import SPANS, spans_of
from annotations.labelling.wording import FLAG_KEYS, FLAG_WORDS, MODES, SOURCE_KINDS, SURENESS

ATTRIBUTION = ("source_name", "source_role", "source_kind", "cue", "mode", "channel")


def _line(label: Any, length: int, **attributes: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


def _choice(label: Any, words: dict[Any, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "–"), *words.items()], required=False)


def _area(label: Any, length: int, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


class LabelForm(forms.Form):
    """One reviewer's label on one claim."""

    label = forms.ChoiceField(
        label=_("Label"),
        choices=LabelValue.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a label first.")},
    )
    reason = _area(_("Why? A few words."), 2000, 2)
    content_kind = forms.ChoiceField(
        label=_("What is said is a"), choices=ContentKind.choices, required=False, widget=forms.RadioSelect
    )
    source_name = _line(_("Source"), 300, list="names")
    source_kind = _choice(_("Kind of source"), SOURCE_KINDS)
    source_role = _line(_("Role"), 300, list="roles")
    cue = _line(_("Cue"), 200, placeholder=_("said"))
    mode = _choice(_("How"), MODES)
    channel = _line(_("Channel"), 200, placeholder=_("a post on X"))
    flags = forms.MultipleChoiceField(
        label=_("Flags"), choices=list(FLAG_WORDS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure?"), choices=[("", "–"), *SURENESS.items()], coerce=int, empty_value=None, required=False
    )
    rule = forms.ChoiceField(label=_("Rule of the codebook"), required=False)
    rationale = _area(_("Note"), 5000, 2)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(rule["id"], f"{rule['id']}: {rule['text']}") for rule in rules]
        self.fields["rule"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # a ChoiceField

    def flag_rows(self) -> list[tuple[BoundWidget, str]]:
        """The boxes of the flags, each with its key."""
        boxes = list(zip(self["flags"], FLAG_KEYS, strict=True))
        for box, key in boxes:
            box.data["attrs"]["data-key"] = key
        return boxes

    @staticmethod
    def stands(revision: LabelRevision | None, version: int) -> dict[str, Any]:
        """The form's initial values for a label as it stands."""
        if revision is None:
            return {"version": 0}
        names = ("label", "content_kind", "confidence", "rationale", "rule", "reason")
        stands = {name: getattr(revision, name) for name in names}
        flags = [flag if isinstance(flag, str) else flag["flag"] for flag in revision.flags]
        return {**stands, **(revision.attribution or {}), "flags": flags, "version": version}

    def content(self, before: LabelRevision | None) -> LabelContent:
        """What the service takes: without what does not go with the label. What stands in the text stays."""
        data = self.cleaned_data
        attributed = data["label"] == LabelValue.ATTRIBUTED
        attribution: dict[str, Any] = {name: data[name] for name in ATTRIBUTION if data[name]} if attributed else {}
        spans = spans_of(before.attribution) if before and attributed else {}
        attribution |= {SPANS: spans} if spans else {}
        placed = [flag for flag in (before.flags if before else []) if isinstance(flag, dict)]
        kept = [flag for flag in placed if flag["flag"] in data["flags"]]
        plain = [name for name in data["flags"] if not any(flag["flag"] == name for flag in kept)]
        return LabelContent(
            label=data["label"],
            content_kind=(data["content_kind"] or None) if attributed else None,
            attribution=attribution or None,
            flags=[*kept, *plain],
            confidence=data["confidence"],
            rationale=data["rationale"],
            rule=data["rule"],
            reason=data["reason"] if data["label"] in ABSTENTIONS else "",
        )
