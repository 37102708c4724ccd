"""What a version of the codebook changes in its rules. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Rules = Sequence[Mapping[str, str]]

LABELS = ("attributed_statement", "verifiable_fact", "opinion", "unsure", "not_a_claim")
"""What a codebook tells apart, and what a new rule may ask to look at again."""

CHANGED, VANISHED, NEW = "changed", "vanished", "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that is not as it was; `before` and `after` are its texts, empty where it is not there."""

    rule: str
    kind: str
    before: str = ""
    after: str = ""


def texts(rules: Rules) -> dict[str, str]:
    """The rules by their ids."""
    return {rule["id"]: rule["text"].strip() for rule in rules}


def changes(before: Rules, after: Rules) -> list[Change]:
    """The rules that changed or vanished, in the old order, then those that are new."""
    old, new = texts(before), texts(after)
    differing = [
        Change(name, CHANGED if name in new else VANISHED, text, new.get(name, ""))
        for name, text in old.items()
        if new.get(name) != text
    ]
    return differing + [Change(name, NEW, "", text) for name, text in new.items() if name not in old]


def asks_again(
    rule: str, label: str, *, before: Mapping[str, str], after: Mapping[str, str], again: Collection[str]
) -> str | None:
    """Why a label that was looked at under the rules `before` is to be looked at again under those `after`, or None.

    The rule it names changed or vanished; or new rules since then ask for it (`again` has the labels that they name).
    """
    if rule in before and after.get(rule) != before[rule]:
        return CHANGED if rule in after else VANISHED
    return NEW if label in again else None


def asked_since(versions: Iterable[Collection[str]]) -> set[str]:
    """The labels that any of these versions asks to look at again."""
    return {label for version in versions for label in version}
