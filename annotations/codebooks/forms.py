"""Forms of new projects and of codebook versions."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from annotations.codebooks.models import Codebook
from annotations.projects.forms import RulesForm

LONGEST_TEXT = 100_000


class ProjectForm(RulesForm):
    """A new project; its slug comes from its name where none is given."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        required=False,
        help_text=_("What it is called in addresses and in the API, for good. Left empty, it is made from the name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ["name", "slug"]

    def clean(self) -> dict[str, Any]:
        """The fields with a `slug`; an error where the name gives none, being in another script."""
        slug = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))[:60].strip("-_")
        if not slug and not self.errors:
            self.add_error("slug", _("This name gives no address. Write one in letters a–z, digits and hyphens."))
        return {**self.cleaned_data, "slug": slug}


class RulesField(forms.CharField):
    """Rules as lines `ID: text`; cleaned to a list of `{id, text}`."""

    widget = forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "true"})

    def clean(self, value: Any) -> list[dict[str, str]]:
        """The rules; ValidationError naming the line that is none."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines()]
        rules = [self._rule(place, line) for place, line in enumerate(lines, start=1) if line]
        ids = [rule["id"] for rule in rules]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise forms.ValidationError(_("Two rules are called %(ids)s.") % {"ids": ", ".join(twice)})
        return rules

    def _rule(self, place: int, line: str) -> dict[str, str]:
        name, colon, text = (part.strip() for part in line.partition(":"))
        if not colon or not name or not text or len(name) > 30 or " " in name:
            raise forms.ValidationError(
                _("Line %(place)s is no rule. Write an id without spaces, a colon, and the rule: “F1: An event …”.")
                % {"place": place}
            )
        return {"id": name, "text": text[:2000]}


class CodebookForm(forms.Form):
    """A new version of the guidelines."""

    version = forms.CharField(
        label=_("Version"),
        max_length=30,
        validators=[RegexValidator(r"^[\w.\-+]+$", _("Letters, digits, dots and hyphens only, such as 1.1.0."))],
        help_text=_("A new one: versions are never changed, because labels keep the one they were made under."),
    )
    language = forms.CharField(
        label=_("Language"),
        max_length=35,
        validators=[RegexValidator(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", _("A language tag, such as en or ar."))],
    )
    text = forms.CharField(
        label=_("Guidelines"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=_(
            "An empty line parts paragraphs. **bold**, *italic*, 1. numbered and - plain lists are drawn as such."
        ),
    )
    rules = RulesField(
        label=_("Rules"),
        required=False,
        help_text=_("One a line: an id, a colon, the rule. A label can name the rule it was made by."),
    )

    @classmethod
    def beginning_from(cls, codebook: Codebook | None) -> "CodebookForm":
        """The form filled with a version to go on from, under the next number."""
        if codebook is None:
            return cls(initial={"version": "1.0.0", "language": "en"})
        rules = "\n".join(f"{rule['id']}: {rule['text']}" for rule in codebook.rules)
        number = next_version(codebook.version)
        return cls(initial={"version": number, "language": codebook.language, "text": codebook.text, "rules": rules})


def next_version(version: str) -> str:
    """The number after `version`: its last but one part is counted up where there are three, else the last one."""
    parts = version.split(".")
    place = len(parts) - 2 if len(parts) == 3 else len(parts) - 1
    if not parts[place].isdigit():
        return f"{version}.1"
    return ".".join([*parts[:place], str(int(parts[place]) + 1), *("0" for _part in parts[place + 1 :])])
