"""Labels side by side, a row for each thing that was said, with what differs marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import ContentKind
from annotations.labelling.forms import ATTRIBUTION, LabelForm
from annotations.labelling.models import LabelRevision
from annotations.labelling.wording import CONTENT_KINDS, FLAG_WORDS, MODES, SOURCE_KINDS, SURENESS

Words = str | Promise

CODES: dict[str, Mapping[Any, Words]] = {"source_kind": SOURCE_KINDS, "mode": MODES}


@dataclass(frozen=True)
class Row:
    """One thing the reviewers could say: its name, what each said of it, and whether they contradict each other.

    The cells of the row named `label` are labels, those of every other row are words.
    """

    name: str
    words: Words
    cells: list[Words]
    differs: bool = False


def compare(revisions: Sequence[LabelRevision]) -> list[Row]:
    """The rows in which anybody said anything. What one left blank contradicts nobody; notes and sureness never do."""
    rows = [
        _row("label", _("Label"), [revision.label for revision in revisions], may_differ=True),
        _row("content_kind", _("Content kind"), [_kind(revision) for revision in revisions], may_differ=True),
        *(
            _row(name, attribution_words(name), [_part(revision, name) for revision in revisions], may_differ=True)
            for name in ATTRIBUTION
        ),
        _row("flags", _("Flags"), [_flags(revision) for revision in revisions]),
        _row("confidence", _("How sure"), [SURENESS.get(revision.confidence or 0, "") for revision in revisions]),
        _row("rule", _("Rule"), [revision.rule for revision in revisions]),
        _row("rationale", _("Note"), [revision.rationale or revision.reason for revision in revisions]),
    ]
    versions = _row("codebook", _("Codebook"), [revision.codebook.version for revision in revisions], may_differ=True)
    return [row for row in rows if any(row.cells)] + ([versions] if versions.differs else [])


def _row(name: str, words: Words, cells: Sequence[Words], *, may_differ: bool = False) -> Row:
    said = {" ".join(str(cell).split()).casefold() for cell in cells if cell}
    return Row(name, words, list(cells), differs=may_differ and len(said) > 1)


def attribution_words(name: str) -> Words:
    """The name of one part of an attribution."""
    label = LabelForm.base_fields[name].label
    return name if label is None else label


def _kind(revision: LabelRevision) -> Words:
    return CONTENT_KINDS[ContentKind(revision.content_kind)][1] if revision.content_kind else ""


def attribution_value(name: str, value: Any) -> Words:
    """What an attribution says in one of its parts."""
    return CODES.get(name, {}).get(value, str(value))


def _part(revision: LabelRevision, name: str) -> Words:
    return attribution_value(name, (revision.attribution or {}).get(name, ""))


def _flags(revision: LabelRevision) -> str:
    named = [flag if isinstance(flag, str) else flag["flag"] for flag in revision.flags]
    return ", ".join(str(FLAG_WORDS.get(flag, flag)) for flag in named)
