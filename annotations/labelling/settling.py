"""How labels become a consensus. Pure: labels in, outcome out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.labelling.content import ABSTENTIONS
from annotations.labelling.places import SPANS, common_spans, unplaced


@dataclass(frozen=True)
class Said:
    """What one reviewer said that can be settled."""

    label: str
    content_kind: str | None = None
    attribution: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    """`agreed` or `disputed`; what is settled, and the names of what was given differently."""

    agreed: bool
    label: str | None = None
    content_kind: str | None = None
    attribution: dict[str, Any] | None = None
    unsettled: list[str] = field(default_factory=list)


def settle(said: Sequence[Said], *, labels_per_claim: int) -> Outcome:
    """The outcome of all counted labels of one claim.

    At least two labels that are no abstention (one where the project asks for one), all equal, are agreed; so are
    nothing but `not_a_claim`. There is no majority rule. Content kind and attribution are settled where nobody
    contradicts: what one reviewer left blank is no contradiction, nor is it to find the same source in other words of
    the text. Of the spans those are settled that all who gave one gave alike.
    """
    if said and all(one.label == "not_a_claim" for one in said):
        return Outcome(True, "not_a_claim")
    firm = [one for one in said if one.label not in ABSTENTIONS]
    if len(firm) < min(2, labels_per_claim) or len({one.label for one in firm}) > 1:
        return Outcome(False)
    if firm[0].label != "attributed_statement":
        return Outcome(True, firm[0].label)
    kinds = {one.content_kind for one in firm if one.content_kind}
    attribution = _joined([one.attribution for one in firm if one.attribution])
    unsettled = [
        name for name, differs in (("content_kind", len(kinds) > 1), ("attribution", attribution is None)) if differs
    ]
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    return Outcome(True, firm[0].label, kind, attribution or None, unsettled)


def _joined(given: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """All fields together, or None where two contradict in what they say; where it stands does not matter."""
    whole: dict[str, Any] = {}
    for attribution in given:
        for key, value in unplaced(attribution).items():
            if value in (None, ""):
                continue
            if key in whole and _plain(whole[key]) != _plain(value):
                return None
            whole.setdefault(key, value)
    spans = common_spans(list(given))
    return {**whole, SPANS: spans} if spans else whole


def _plain(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
