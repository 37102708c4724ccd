"""What the page of a claim shows of its checking: a panel for each required aspect, and who may do what next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from annotations.accounts.models import User
from annotations.claims.models import Claim, Status
from annotations.projects.access import Action, may, roles_for
from annotations.projects.queries import members
from annotations.verification.checks import aspect_statuses, possible_moves
from annotations.verification.derivation import part_status
from annotations.verification.models import VERDICTS, Aspect, Check, Part, Verdict
from annotations.verification.parts import Derived, derived, part_states, parts_of
from annotations.verification.queries import grounds, rests_on, visible_evidence, visible_stale_marks, visible_verdicts
from annotations.verification.services import NO_EVIDENCE, PROPOSABLE, PROPOSABLE_PART
from annotations.verification.source_models import Evidence, StaleMark
from annotations.verification.transitions import (
    MOVES,
    QUOTED,
    SEARCHED,
    STANCES,
    Ground,
    missing_ground,
    required_aspects,
)
from annotations.verification.turns import Turn, doubt, last_turns
from annotations.verification.wording import VERDICTS as WORDS
from annotations.verification.wording import Words

NOTE = "Looked up."  # any words will do: whether a note was written is seen when the verdict is proposed


@dataclass(frozen=True)
class Need:
    """A verdict that could be proposed, and what it still needs (None where it rests on enough)."""

    verdict: str
    words: Words
    missing: str | None
    needs_note: bool

    @property
    def rests_on_evidence(self) -> bool:
        """Whether the verdict rests on evidence at all."""
        return self.verdict in STANCES or self.verdict in QUOTED


@dataclass(frozen=True)
class Piece:
    """One piece of evidence, and whether this person may take it away."""

    evidence: Evidence
    removable: bool


@dataclass(frozen=True)
class Panel:
    """One required aspect of a claim.

    `may_propose` is whether this person may propose a verdict now, `alone` that nobody else could approve it then.
    `review` says what they have to do with the proposed one: `may` review it, `own` (they proposed it) or `waits` for
    one of `reviewers`. `turn` is what befell the approved one, where it is no longer in force; `marks` say why it is
    stale.

    The content of a compound claim has a panel for the whole, whose verdict is `derived`, and one for each `part`.
    """

    aspect: str
    status: str
    since: datetime | None
    evidence: list[Piece]
    needs: list[Need]
    may_propose: bool
    verdicts: list[Verdict]
    review: str = ""
    reviewers: list[str] = field(default_factory=list)
    turn: Turn | None = None
    marks: list[StaleMark] = field(default_factory=list)
    alone: bool = False
    part: Part | None = None
    compound: bool = False
    derived: Derived | None = None

    @property
    def place(self) -> str:
        """Where the panel stands on the page."""
        return f"part-{self.part.position}" if self.part else f"aspect-{self.aspect}"

    @property
    def proposed(self) -> Verdict | None:
        """The verdict that waits for review."""
        return self._of(Verdict.State.PROPOSED)

    @property
    def approved(self) -> Verdict | None:
        """The verdict that was approved last; `doubt` says whether it stands."""
        return self._of(Verdict.State.APPROVED)

    @property
    def doubt(self) -> str:
        """Why the approved verdict is not in force (a status, or `reopened`); empty where it is, or there is none."""
        return doubt(self.status) if self.approved or self.derived else ""

    @property
    def sent_back(self) -> Verdict | None:
        """The newest verdict, where it has to be changed and no other was proposed since."""
        newest = self.verdicts[-1] if self.verdicts else None
        return newest if newest and newest.status == Verdict.State.CHANGES_REQUESTED else None

    @property
    def earlier(self) -> list[Verdict]:
        """Those that were sent back or superseded before, newest first."""
        shown = (self.proposed, self.approved, self.sent_back)
        return [each for each in reversed(self.verdicts) if each not in shown]

    @property
    def ready(self) -> list[Need]:
        """The verdicts that rest on the evidence there is; those that rest on a note or nothing are left out."""
        return [need for need in self.needs if need.rests_on_evidence and not need.missing]

    def _of(self, state: Verdict.State) -> Verdict | None:
        return next((verdict for verdict in self.verdicts if verdict.status == state), None)


def panels(user: User, claim: Claim) -> list[Panel]:
    """A panel for each required aspect of a claim whose label is settled, attribution first."""
    if claim.labelling_closed_at is None:
        return []
    pieces, verdicts = evidence_on(user, claim), list(visible_verdicts(user).filter(claim=claim))
    reviewers = who_may_review(claim)
    alone = claim.project.four_eyes and reviewers == [user.get_username()]
    found = []
    for empty in _empty_panels(claim):
        part_id = empty.part.pk if empty.part else None
        of_it = [each for each in verdicts if each.aspect == empty.aspect and each.part_id == part_id]
        on_it = [each for each in pieces if each.evidence.aspect == empty.aspect and each.evidence.part_id == part_id]
        panel = replace(empty, verdicts=of_it, evidence=on_it, alone=alone)
        found.append(_with_review(user, claim, panel, reviewers))
    turns = last_turns(user, claim, [panel.aspect for panel in found if panel.doubt])
    marks = _marks(user, claim) if any(panel.doubt == Status.STALE for panel in found) else {}
    return [replace(panel, turn=turns.get(panel.aspect), marks=marks.get(panel.aspect, [])) for panel in found]


def _marks(user: User, claim: Claim) -> dict[str, list[StaleMark]]:
    """Why aspects of the claim are stale and nobody has looked yet."""
    found: dict[str, list[StaleMark]] = {}
    for mark in visible_stale_marks(user, claim.project).filter(claim=claim, cleared_at=None):
        found.setdefault(mark.aspect, []).append(mark)
    return found


def _empty_panels(claim: Claim) -> list[Panel]:
    """The panels of a claim: how each aspect, and each part of a compound one, stands and what it needs."""
    statuses, parts = aspect_statuses(claim), parts_of(claim)
    since = dict(Check.objects.filter(claim=claim).values_list("aspect", "status_since"))
    found = []
    for aspect in required_aspects(claim.label, claim.content_kind):
        status, compound = statuses.get(aspect, claim.status), aspect == Aspect.CONTENT and bool(parts)
        whole = _empty(claim, aspect, None, status, open_to_proposals=not compound and status in PROPOSABLE)
        whole = replace(whole, since=since.get(aspect), compound=compound)
        found.append(replace(whole, derived=derived(claim)) if compound else whole)
        if compound:
            found += _part_panels(claim, parts, status)
    return found


def _part_panels(claim: Claim, parts: Sequence[Part], status: str) -> list[Panel]:
    """A panel for each part of a claim whose content is of this status; while that is being checked, the parts show
    how they stand themselves."""
    states, under_way = part_states(claim), status in PROPOSABLE_PART
    found = []
    for part in parts:
        own = part_status(*states[part.pk]) if under_way else status
        open_to_proposals = under_way and not states[part.pk][0]
        found.append(_empty(claim, Aspect.CONTENT, part, own, open_to_proposals=open_to_proposals))
    return found


def _empty(claim: Claim, aspect: str, part: Part | None, status: str, *, open_to_proposals: bool) -> Panel:
    return Panel(
        aspect=aspect,
        status=status,
        since=None,
        evidence=[],
        needs=_needs(aspect, grounds(claim, aspect, part)) if open_to_proposals else [],
        may_propose=open_to_proposals and may(claim.role, Action.PROPOSE_VERDICT),
        verdicts=[],
        part=part,
    )


def evidence_on(user: User, claim: Claim) -> list[Piece]:
    """The evidence on a claim that the user may see, oldest first."""
    adds = may_add_evidence(claim)
    return [
        Piece(each, removable=adds and each.created_by_id == user.pk and not rests_on(each))
        for each in visible_evidence(user).filter(claim=claim)
    ]


def may_add_evidence(claim: Claim) -> bool:
    """Whether the reader, whose role the claim carries, may add evidence to it."""
    return claim.status not in NO_EVIDENCE and may(claim.role, Action.ADD_SOURCE)


def evidence_aspects(claim: Claim) -> list[str]:
    """The aspects evidence may be for: those the settled label asks for, all while it is not settled."""
    return list(required_aspects(claim.label, claim.content_kind)) or list(Aspect.values)


def moves_for(claim: Claim) -> dict[str, list[str]]:
    """The moves possible now that the reader's role may make, each with the aspects that can make it."""
    moves = possible_moves(claim)
    return {name: aspects for name, aspects in moves.items() if may(claim.role, Action[MOVES[name].permission])}


def who_may_review(claim: Claim) -> list[str]:
    """The names of those who may approve a verdict, before four eyes."""
    rows = members(claim.project).filter(role__in=roles_for(Action.REVIEW_VERDICT))
    return list(rows.values_list("user__username", flat=True))


def _with_review(user: User, claim: Claim, panel: Panel, reviewers: list[str]) -> Panel:
    """The panel with who may review its proposed verdict, and what this person has to do with that."""
    proposed = panel.proposed
    if proposed is None:
        return panel
    review = "may" if may(claim.role, Action.REVIEW_VERDICT) else "waits"
    if claim.project.four_eyes and proposed.proposed_by_id == user.pk:
        review = "own"
    proposer = proposed.proposed_by.get_username() if claim.project.four_eyes else None
    return replace(panel, review=review, reviewers=[name for name in reviewers if name != proposer])


def _needs(aspect: str, found: Sequence[Ground]) -> list[Need]:
    return [
        Need(verdict, WORDS[verdict][0], missing_ground(verdict, found, NOTE), verdict in SEARCHED)
        for verdict in VERDICTS[Aspect(aspect)]
    ]
