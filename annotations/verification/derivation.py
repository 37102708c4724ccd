"""The content verdict of a compound claim, from the approved verdicts of its parts. Pure: words in, word out.

A compound claim says all of its parts. The verdict of the whole is the word that holds whatever a part whose answer
is not known would turn out to be; where no word does, the answer is not known either.
"""

from collections.abc import Collection, Sequence

LEAST_PARTS = 2
"""One part is no decomposition: the whole follows from two or more."""


def verdict_of_the_whole(verdicts: Collection[str]) -> str:
    """The whole's verdict for the verdicts of its parts, in any order; the first line that fits.

    1. Any pending → pending: an answer is still to come.
    2. All not checkable → not checkable; otherwise parts that are not checkable are left out.
    3. Any mixed, or refuted beside supported or outdated → mixed: something is right and something wrong, whatever
       the others turn out to be.
    4. Any with not enough evidence → not enough evidence.
    5. All refuted → refuted; any outdated → outdated (the others are supported); else all are supported.

    ValueError without any verdict.
    """
    words = set(verdicts)
    if not words:
        raise ValueError("a whole has parts")
    if "pending" in words:
        return "pending"
    checked = words - {"not_checkable"}
    if not checked:
        return "not_checkable"
    if "mixed" in checked or ("refuted" in checked and checked & {"supported", "outdated"}):
        return "mixed"
    return next(word for word in ("not_enough_evidence", "refuted", "outdated", "supported") if word in checked)


def part_status(proposed: bool, approved: bool) -> str:
    """How one part stands by itself, whether a verdict on it is proposed and whether one is approved."""
    return "proposed" if proposed else "verified" if approved else "researching"


def least_status(parts: Sequence[tuple[bool, bool]]) -> str:
    """How the content of a whole stands, for each part whether a verdict on it is proposed and whether one is approved:
    researching where a part has neither (or there are too few parts), proposed where one waits, verified otherwise."""
    if len(parts) < LEAST_PARTS or not all(proposed or approved for proposed, approved in parts):
        return "researching"
    return "proposed" if any(proposed for proposed, _approved in parts) else "verified"


def leaves_out(words: Collection[str]) -> bool:
    """Whether the whole follows from some of its parts alone, because the others are not checkable."""
    return "not_checkable" in words and "pending" not in words and len(set(words)) > 1


def explanation(words: Sequence[str]) -> str:
    """What the verdict of the whole says it rests on, in the order of the parts."""
    told = ", ".join(f"({number}) {word.replace('_', ' ')}" for number, word in enumerate(words, start=1))
    left_out = " Parts that are not checkable are left out." if leaves_out(words) else ""
    return f"Follows from its parts: {told}.{left_out}"
