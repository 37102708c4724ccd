"""Forms of checking: sources, evidence, verdicts, moves, and what the list of claims is narrowed to."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Status
from annotations.claims.wording import STATUS_WORDS
from annotations.verification.models import VERDICTS, Aspect, Part, Priority
from annotations.verification.source_models import Source
from annotations.verification.wording import ASPECTS, MOVES, PRIORITIES, STANCES, TIERS
from annotations.verification.wording import VERDICTS as VERDICT_WORDS

SOURCES_LISTED = 200


def _line(label: Any, length: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **more)


def _area(label: Any, length: int, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def _address(label: Any, **more: Any) -> forms.URLField:
    widget = forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"})
    return forms.URLField(label=label, max_length=2000, required=False, assume_scheme="https", widget=widget, **more)


def _date(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class SourceForm(forms.Form):
    """An outside document: an address or at least a title."""

    url = _address(_("Address"))
    title = _line(_("Title"), 500)
    publisher = _line(_("Publisher"), 300)
    author = _line(_("Author"), 300)
    published_on = _date(_("Published on"), required=False)


class EvidenceForm(forms.Form):
    """A source, one of the project's or a new one, used for one aspect of a claim."""

    aspect = forms.ChoiceField(label=_("For"))
    source = forms.ChoiceField(label=_("Source of the project"), required=False)
    url = _address(_("or its address"))
    title = _line(_("Title"), 500, help_text=_("For a new source; enough where it has no address."))
    stance = forms.ChoiceField(label=_("What it does"), choices=[("", _("choose …")), *STANCES.items()])
    tier = forms.ChoiceField(label=_("Kind of source for this claim"), choices=[("", _("choose …")), *TIERS.items()])
    quote = _area(_("Exact quote"), 20_000, 3, required=False, strip=False, help_text=_("Copied, not retold."))
    note = _area(_("Note"), 5000, 2, required=False)
    interest = _line(_("Interest"), 5000, help_text=_("What the source gains by being believed."))
    set = forms.IntegerField(
        label=_("Set"),
        min_value=1,
        max_value=1000,
        initial=1,
        required=False,
        help_text=_("Sources of one set hold together; sets are alternatives."),
    )
    independence_group = _line(
        _("Comes from"),
        100,
        help_text=_("The same word for sources with one origin, such as an agency: they count once."),
    )

    def __init__(
        self, *args: Any, aspects: list[str], sources: list[Source], parts: list[Part] | None = None, **kwargs: Any
    ) -> None:
        """With `parts`, content is chosen by its part."""
        super().__init__(*args, **kwargs)
        named = [(str(source.pk), source.title or source.url) for source in sources]
        whole = [aspect for aspect in aspects if not (parts and aspect == Aspect.CONTENT)]
        apart = parts if parts and Aspect.CONTENT in aspects else []
        choices: list[tuple[str, Any]] = [(each, f"{ASPECTS[each][0]}: {ASPECTS[each][1]}") for each in whole]
        choices += [(str(part.pk), part_name(part)) for part in apart]
        self._choose("aspect", choices)
        self._choose("source", [("", _("a new one, named below")), *named])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Either a source of the project or a new one."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("source") and (data.get("url") or data.get("title")):
            self.add_error("source", _("Choose a source of the project, or name a new one; not both."))
        return data

    def evidence(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        if source := data.pop("source", None):
            data["source_id"] = source
        if data["aspect"] not in Aspect.values:
            data |= {"aspect": Aspect.CONTENT.value, "part_id": UUID(data["aspect"])}
        return {**data, "set": data["set"] or 1}


class BesideForm(EvidenceForm):
    """The same beside the text of a source, which is chosen already; the quote has its place in that text."""

    source = url = title = None  # type: ignore[assignment]  # Django's way to leave fields of a form out
    snapshot_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    quote_start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, sources=[], **kwargs)


class ReadForm(forms.Form):
    """The address of a page that is to be read beside a claim."""

    url = _address(_("Address of a source"))

    def clean_url(self) -> str:
        """One is needed."""
        url = str(self.cleaned_data["url"])
        if not url:
            raise forms.ValidationError(_("Paste the address of a page."))
        return url


class UploadForm(forms.Form):
    """A document as a file."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, HTML, DOCX, text or a picture."))


class VerdictForm(forms.Form):
    """The answer for one aspect, or for one part of a compound claim's content."""

    aspect = forms.ChoiceField(choices=Aspect.choices, widget=forms.HiddenInput)
    part_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Verdict"))
    explanation = _area(_("Explanation"), 20_000, 4, help_text=_("What it rests on, and how it follows."))
    as_of = _date(_("As of"), initial=timezone.localdate)
    search_note = _area(
        _("Search note"), 20_000, 2, required=False, help_text=_("Where was looked, for what, and when.")
    )

    def __init__(self, data: Any = None, *, aspect: str, part: Part | None = None) -> None:
        begun = {"aspect": aspect, "part_id": part.pk if part else None}
        super().__init__(data, auto_id=f"part{part.position}_%s" if part else f"{aspect}_%s", initial=begun)
        verdict = self.fields["verdict"]
        if isinstance(verdict, forms.ChoiceField):
            words = [(word, VERDICT_WORDS[word]) for word in VERDICTS[Aspect(aspect)]]
            verdict.choices = [("", _("choose …")), *((word, f"{name}: {means}") for word, (name, means) in words)]


class PartsForm(forms.Form):
    """The parts of a claim, one on each line, made from the version that was read."""

    parts = _area(
        _("Parts, one on each line"),
        70_000,
        5,
        required=False,
        help_text=_("Each a sentence that stands alone. With none the claim is one again."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_parts(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]


def part_name(part: Part) -> str:
    """A part as a choice names it."""
    return _("Part %(n)s: %(text)s") % {"n": part.position, "text": Truncator(part.proposition).chars(80)}


class ReasonForm(forms.Form):
    """What has to change of a proposed verdict."""

    reason = _area(_("What has to change"), 5000, 2)


class MoveForm(forms.Form):
    """A move of a claim, and why. The page draws those that are possible now; the service refuses the others."""

    to = forms.ChoiceField(label=_("What"), choices=[(name, words) for name, (words, _means) in MOVES.items()])
    aspect = forms.ChoiceField(
        label=_("Of what"),
        required=False,
        choices=[("", _("all that it can be")), *((name, words) for name, (words, _question) in ASPECTS.items())],
    )
    reason = _area(_("Reason"), 5000, 2)


class PropositionForm(forms.Form):
    """A sharper proposition, made from the version that was read."""

    proposition = _area(_("Proposition"), 5000, 3)
    version = forms.IntegerField(widget=forms.HiddenInput)


PRIORITY_CHOICES = [(one.name.lower(), PRIORITIES[one]) for one in Priority]


class PlanForm(forms.Form):
    """Who checks a claim, how urgent it is, by when; made from the version that was read."""

    assignee = forms.ChoiceField(label=_("Who checks it"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=PRIORITY_CHOICES)
    due_on = _date(_("Due"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, names: list[str], initial: dict[str, Any]) -> None:
        super().__init__(data, auto_id="plan_%s", initial=initial)
        assignee = self.fields["assignee"]
        if isinstance(assignee, forms.ChoiceField):
            assignee.choices = [("", _("nobody yet")), *((name, name) for name in names)]

    def changes(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "assignee": self.cleaned_data["assignee"] or None}


class TakeForm(forms.Form):
    """Taking a claim to check, or giving it back."""

    take = forms.BooleanField(required=False)
    version = forms.IntegerField()


EVERYTHING = "all"
LISTED = [status for status in Status if status not in (Status.DRAFT, Status.LABELLING, Status.VOID)]


class CheckingFilter(forms.Form):
    """What the list of claims to check is narrowed to; what makes no sense is passed over."""

    q = _line(_("Search"), 200)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("what waits for somebody")),
            (EVERYTHING, _("all")),
            *((status.value, STATUS_WORDS[status]) for status in LISTED),
        ],
    )
    aspect = forms.ChoiceField(
        label=_("Aspect"),
        required=False,
        choices=[("", _("both")), *((name, words) for name, (words, _q) in ASPECTS.items())],
    )


class PlanFilter(forms.Form):
    """What the list of claims to check is narrowed to by their plans."""

    who = forms.ChoiceField(
        label=_("Who checks it"),
        required=False,
        choices=[("", _("anybody")), ("mine", _("I")), ("nobody", _("nobody yet"))],
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=[("", _("any")), *PRIORITY_CHOICES])
    due = forms.ChoiceField(label=_("Due"), required=False, choices=[("", _("any day")), ("overdue", _("overdue"))])


class SourceFilter(forms.Form):
    """What the list of sources is narrowed to."""

    q = _line(_("Search"), 2000)  # an address may be as long
