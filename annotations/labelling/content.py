"""What a reviewer says of a claim, and whether it fits together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.labelling.places import misplaced
from annotations.messages import Message
from annotations.messages import gettext as _

ABSTENTIONS = ("unsure", "not_a_claim")
ATTRIBUTED = "attributed_statement"


@dataclass(frozen=True)
class LabelContent:
    """A label and what belongs to it; only `label` is always there."""

    label: str
    content_kind: str | None = None
    attribution: dict[str, Any] | None = None
    flags: list[Any] = field(default_factory=list)
    confidence: int | None = None
    rationale: str = ""
    rule: str = ""
    reason: str = ""


def misfits(content: LabelContent, *, start: int, end: int, length: int, rules: Sequence[str]) -> dict[str, list[str]]:
    """What does not fit together, a sentence by field.

    Sub-spans of flags lie in the claim `[start, end)`, those of the attribution in the article of `length` code points.
    """
    errors: dict[str, list[str]] = {}
    if content.label in ABSTENTIONS and not content.reason.strip():
        errors["reason"] = [
            _("Say in a few words why this is %(label)s.", label=Message(content.label.replace("_", " "), {}))
        ]
    if content.label != ATTRIBUTED:
        for name in ("content_kind", "attribution"):
            if getattr(content, name):
                errors[name] = [_("Only an attributed statement has this. Leave it out.")]
    if content.rule and content.rule not in rules:
        known = ", ".join(rules)
        errors["rule"] = [_("The codebook has no rule %(rule)s. It has %(rules)s.", rule=content.rule, rules=known)]
    placed = [flag for flag in content.flags if isinstance(flag, dict)]
    if any(not start <= flag["start"] < flag["end"] <= end for flag in placed):
        errors["flags"] = [_("A flag's sub-span lies in the claim, from %(start)s to %(end)s.", start=start, end=end)]
    return errors | misplaced(content.attribution, length)
