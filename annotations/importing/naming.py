"""What labels of other tools are called here: as somebody says, or by names that can mean one thing only. Pure."""

from collections.abc import Mapping

OURS = ("attributed_statement", "verifiable_fact", "opinion", "unsure", "not_a_claim")
MEANT = {
    **{name: name for name in OURS},
    "attributed": "attributed_statement",
    "statement": "attributed_statement",
    "quote": "attributed_statement",
    "quotation": "attributed_statement",
    "fact": "verifiable_fact",
    "factual": "verifiable_fact",
    "factual_claim": "verifiable_fact",
    "verifiable": "verifiable_fact",
    "notaclaim": "not_a_claim",
    "no_claim": "not_a_claim",
}

Names = Mapping[str, str | None]
"""What somebody says of label names: ours, or None where spans that are called only so are not brought in."""


def meant(name: str, names: Names) -> str | None:
    """Our label for a name; None where nobody said and it cannot be known."""
    if name in names:
        return names[name]
    return MEANT.get("_".join(name.casefold().replace("-", " ").replace("_", " ").split()))


def unwanted(called: list[str], names: Names) -> bool:
    """Whether a span of these label names is not to be brought in."""
    return bool(called) and all(name in names and names[name] is None for name in called)
