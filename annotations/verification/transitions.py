"""The way of a claim after its label is settled, as a table: which move leads from where to where, and who makes it.

Pure: no database, no Django.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from annotations.messages import Message, gettext_noop
from annotations.messages import gettext as _

# How far a check is, least advanced first; a claim shows the least advanced of its required checks.
ADVANCE = (
    "researching",
    "challenged",
    "stale",
    "proposed",
    "verified",
    "published",
    "corrected",
    "withdrawn",
)


@dataclass(frozen=True)
class Move:
    """One move: its name, the statuses it starts from, the status it leads to, the permission it needs, and how the
    log tells of it."""

    name: str
    starts: frozenset[str]
    leads_to: str
    permission: str
    told: str
    per_aspect: bool = True


MOVES = {
    move.name: move
    for move in (
        Move("close", frozenset({"agreed", "researching"}), "closed", "MOVE_CLAIM", "closed", per_aspect=False),
        Move("challenge", frozenset({"verified", "published", "corrected"}), "challenged", "CHALLENGE", "challenged"),
        Move("correct", frozenset({"challenged", "stale"}), "corrected", "MOVE_CLAIM", "corrected"),
        Move(
            "withdraw",
            frozenset({"verified", "published", "challenged", "stale", "corrected"}),
            "withdrawn",
            "MOVE_CLAIM",
            "withdrawn",
        ),
        Move(
            "reopen",
            frozenset({"challenged", "stale", "corrected", "withdrawn", "closed"}),
            "researching",
            "MOVE_CLAIM",
            "reopened",
        ),
        Move(
            "void",
            frozenset({"labelling", "agreed", "disputed", "closed", "researching", "proposed", "verified"}),
            "void",
            "VOID_CLAIM",
            "voided",
            per_aspect=False,
        ),
    )
}

# What no person does: a source that changed or died, or the day on which a verdict expires.
OUTDATES = Move("outdate", frozenset({"verified", "published", "corrected"}), "stale", "", "outdated")


def required_aspects(label: str | None, content_kind: str | None) -> tuple[str, ...]:
    """Which aspects need a verdict: content for a verifiable fact, attribution for an attributed statement, and its
    content as well where the content kind is fact. Empty for what is not checked."""
    if label == "verifiable_fact":
        return ("content",)
    if label == "attributed_statement":
        return ("attribution", "content") if content_kind == "fact" else ("attribution",)
    return ()


def least_advanced(statuses: Iterable[str]) -> str:
    """The status a claim shows for the statuses of its required checks."""
    return min(statuses, key=ADVANCE.index)


@dataclass(frozen=True)
class Ground:
    """One piece of evidence as far as a verdict can rest on it.

    `origin` is the same for sources of one origin. A verdict rests on one set: sets are alternatives.
    """

    stance: str
    tier: str
    quoted: bool
    origin: int
    set: int = 1


def origins(marks: Sequence[Set[Hashable]]) -> list[int]:
    """A number for each piece of evidence, the same for two that share a mark (the source, the group it was put in),
    directly or through others."""
    found = list(range(len(marks)))
    met: dict[Hashable, int] = {}
    for place, own in enumerate(marks):
        for mark in own:
            joined, origin = found[met.setdefault(mark, place)], found[place]
            found = [origin if number == joined else number for number in found]
    return found


STANCES: Mapping[str, frozenset[str]] = {
    "supported": frozenset({"supports"}),
    "refuted": frozenset({"refutes"}),
    "mixed": frozenset({"supports", "refutes"}),
    "outdated": frozenset({"supports", "refutes", "context"}),
}
# What is said where no source of these stances carries the verdict.
NEEDED: Mapping[str, str] = {
    "supported": gettext_noop(
        "“%(verdict)s” needs one primary or two independent secondary sources whose stance is supports."
    ),
    "refuted": gettext_noop(
        "“%(verdict)s” needs one primary or two independent secondary sources whose stance is refutes."
    ),
    "mixed": gettext_noop(
        "“%(verdict)s” needs one primary or two independent secondary sources whose stance is refutes or supports."
    ),
    "outdated": gettext_noop(
        "“%(verdict)s” needs one primary or two independent secondary sources, whatever their stance."
    ),
}
QUOTED = frozenset({"accurate", "accurate_paraphrase", "altered", "out_of_context", "misattributed"})
SEARCHED = frozenset({"not_found", "unverifiable_source", "not_enough_evidence"})


def missing_ground(verdict: str, grounds: Sequence[Ground], search_note: str) -> Message | None:
    """What a verdict still needs before it can stand, in one sentence; None where it rests on enough."""
    word = Message(verdict.replace("_", " "), {})
    if verdict in STANCES:
        fitting = [ground for ground in grounds if ground.stance in STANCES[verdict]]
        if not any(_carries([one for one in fitting if one.set == number]) for number in {one.set for one in fitting}):
            return Message(NEEDED[verdict], {"verdict": word})
    if verdict in QUOTED and not any(ground.quoted for ground in grounds):
        return _("“%(verdict)s” needs a source with its exact quote.", verdict=word)
    if verdict in SEARCHED and not search_note.strip():
        return _("“%(verdict)s” needs a search note: where was looked, for what, and when.", verdict=word)
    return None


def _carries(grounds: Sequence[Ground]) -> bool:
    """Whether this is one primary or two independent secondary sources."""
    secondary = {ground.origin for ground in grounds if ground.tier == "secondary"}
    return len(secondary) >= 2 or any(ground.tier == "primary" for ground in grounds)
