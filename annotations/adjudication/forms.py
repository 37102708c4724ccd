"""A decision as a form."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Claim, LabelValue, Status
from annotations.claims.wording import CONTENT_KINDS, LABELS
from annotations.labelling.forms import ATTRIBUTION, LabelForm
from annotations.labelling.models import LabelRevision
from annotations.labelling.places import SPANS, PlaceError, checked_spans, spans_of

# Each label that settles a claim, with its key, its glyph and its words.
SETTLING = {**LABELS, LabelValue.NOT_A_CLAIM: ("n", "∅", _("Not a claim"))}
SOURCE_NAME = "source_name"
# What names a part of an attribution; a span is of these words. What is said has no name but itself.
NAMED = {"source": SOURCE_NAME, "cue": "cue"}


class DecisionForm(forms.Form):
    """What settles a claim. Of a claim whose labels agree, only what reviewers gave differently is asked."""

    label = forms.ChoiceField(
        label=_("Label"),
        choices=[(value, name) for value, (_key, _glyph, name) in SETTLING.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a label first.")},
    )
    content_kind = forms.ChoiceField(
        label=_("What is said is a"),
        choices=[("", "–"), *((kind, name) for kind, (_key, name) in CONTENT_KINDS.items())],
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("It is kept with the decision and stands in every release."),
        error_messages={"required": _("Say why: the reason is kept with the decision.")},
    )
    # The attribution that the decision began as, with the places of its words in the text.
    marked = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ATTRIBUTION:
            self.fields[name] = deepcopy(LabelForm.base_fields[name])
        if claim.status != Status.DISPUTED:
            self.fields["label"].required = False
            self._ask_only(claim.unsettled)
        self.agreed = None if claim.status == Status.DISPUTED else claim.label

    def _ask_only(self, unsettled: list[str]) -> None:
        if "content_kind" not in unsettled:
            del self.fields["content_kind"]
        if "attribution" not in unsettled:
            for name in ATTRIBUTION:
                del self.fields[name]
            del self.fields["marked"]

    def asks_attribution(self) -> bool:
        """Whether the form has the fields of the attribution."""
        return SOURCE_NAME in self.fields

    def attribution_rows(self) -> list[forms.BoundField]:
        """The fields of the attribution, in their order."""
        return [self[name] for name in ATTRIBUTION if name in self.fields]

    @staticmethod
    def said(revision: LabelRevision) -> dict[str, Any]:
        """The form's values that would decide as this reviewer said; an abstention that settles nothing gives none."""
        label = "" if revision.label == LabelValue.UNSURE else revision.label
        attribution = revision.attribution or {}
        return {"label": label, "content_kind": revision.content_kind or "", **attribution, "marked": attribution}

    def clean_marked(self) -> dict[str, Any]:
        """The attribution with spans as they are stored; nothing else of it is taken."""
        marked = self.cleaned_data["marked"]
        if not isinstance(marked, dict):
            return {}
        try:
            return {**marked, SPANS: checked_spans(marked.get(SPANS) or {})}
        except PlaceError:
            return {}

    def _spans(self) -> dict[str, Any]:
        """The spans of what the decision began as, except of words that were changed since."""
        marked = self.cleaned_data.get("marked") or {}
        return {
            part: span
            for part, span in spans_of(marked).items()
            if part not in NAMED or marked.get(NAMED[part], "") == self.cleaned_data.get(NAMED[part], "")
        }

    def decision(self) -> dict[str, Any]:
        """What the service takes: without what does not go with the label."""
        data = self.cleaned_data
        label = self.agreed or data["label"]
        attributed = label == LabelValue.ATTRIBUTED
        attribution = {name: data[name] for name in ATTRIBUTION if data.get(name)} if attributed else {}
        if attributed and (spans := self._spans()):
            attribution[SPANS] = spans
        return {
            "label": label,
            "content_kind": (data.get("content_kind") or None) if attributed else None,
            "attribution": attribution or None,
            "reason": data["reason"],
        }
