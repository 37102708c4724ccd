"""Labels side by side, a row for each thing that was said, with what differs marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import ContentKind
from annotations.claims.wording import CONTENT_KINDS
from annotations.labelling.forms import ATTRIBUTION, LabelForm
from annotations.labelling.models import LabelRevision
from annotations.labelling.places import spans_of
from annotations.labelling.wording import FLAG_WORDS, MODES, PLACES, SOURCE_KINDS, SURENESS

Words = str | Promise
Excerpts = Mapping[tuple[int, int], str]

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


def places(revisions: Sequence[LabelRevision]) -> list[tuple[int, int]]:
    """The spans of the article that the reviewers point at: parts of an attribution, and the words that flags mean."""
    found = [span for revision in revisions for span in spans_of(revision.attribution).values()]
    found += [flag for revision in revisions for flag in revision.flags if isinstance(flag, dict)]
    return [(span["start"], span["end"]) for span in found]


def compare(revisions: Sequence[LabelRevision], excerpts: Excerpts) -> list[Row]:
    """The rows in which anybody said anything; `excerpts` are the words at their `places`.

    What one left blank contradicts nobody; notes, sureness and places in the text never do.
    """
    rows = [
        _row("label", _("Label"), [revision.label for revision in revisions], may_differ=True),
        _row("content_kind", _("Content kind"), [_kind(revision) for revision in revisions], may_differ=True),
        *(
            _row(name, attribution_words(name), [_part(revision, name) for revision in revisions], may_differ=True)
            for name in ATTRIBUTION
        ),
        *(
            _row(name, words, [_in_text(revision, name, excerpts) for revision in revisions])
            for name, (_short, words) in PLACES.items()
        ),
        _row("flags", _("Flags"), [_flags(revision, excerpts) for revision in revisions]),
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


def _in_text(revision: LabelRevision, part: str, excerpts: Excerpts) -> str:
    span = spans_of(revision.attribution).get(part)
    return _quoted(span, excerpts) if span else ""


def _quoted(span: Mapping[str, int], excerpts: Excerpts) -> str:
    return f"“{excerpts[span['start'], span['end']]}”"


def _flags(revision: LabelRevision, excerpts: Excerpts) -> str:
    named = []
    for flag in revision.flags:
        if isinstance(flag, str):
            named.append(str(FLAG_WORDS.get(flag, flag)))
        else:
            named.append(f"{FLAG_WORDS.get(flag['flag'], flag['flag'])} {_quoted(flag, excerpts)}")
    return ", ".join(named)
