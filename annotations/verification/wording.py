"""The words of checking: what a person reads for verdicts, stances, tiers, moves, and what comes next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims.models import Status
from annotations.verification.models import Aspect, Priority, Verdict
from annotations.verification.source_models import Source, StaleMark, Stance, Tier

Words = str | Promise

ASPECTS: dict[str, tuple[Words, Words]] = {
    Aspect.ATTRIBUTION: (_("Attribution"), _("Was it said?")),
    Aspect.CONTENT: (_("Content"), _("Is it true?")),
}
# The same within a sentence.
ASPECT_WORDS: dict[str, Words] = {Aspect.ATTRIBUTION: _("attribution"), Aspect.CONTENT: _("content")}
# What reviewers may give differently, within a sentence.
UNSETTLED: dict[str, Words] = {"content_kind": _("content kind"), "attribution": _("attribution")}
STANCES: dict[str, Words] = {
    Stance.SUPPORTS: _("supports"),
    Stance.REFUTES: _("refutes"),
    Stance.CONTEXT: _("gives context"),
}
TIERS: dict[str, Words] = {
    Tier.PRIMARY: _("primary: the record or witness itself"),
    Tier.SECONDARY: _("secondary: reports on the primary one"),
    Tier.TERTIARY: _("tertiary: collects reports"),
}
TIER_WORDS: dict[str, Words] = {
    Tier.PRIMARY: _("primary"),
    Tier.SECONDARY: _("secondary"),
    Tier.TERTIARY: _("tertiary"),
}
PRIORITIES: dict[int, Words] = {
    Priority.LOW: _("low"),
    Priority.NORMAL: _("normal"),
    Priority.HIGH: _("high"),
}
# Each verdict's word, and what it says in one line.
VERDICTS: dict[str, tuple[Words, Words]] = {
    "accurate": (_("accurate"), _("said in these words")),
    "accurate_paraphrase": (_("accurate paraphrase"), _("said, in other words of the same sense")),
    "altered": (_("altered"), _("said, but with other words than quoted")),
    "out_of_context": (_("out of context"), _("said, but it meant something else where it was said")),
    "misattributed": (_("misattributed"), _("said by somebody else")),
    "not_found": (_("not found"), _("looked for and not found")),
    "unverifiable_source": (_("unverifiable source"), _("nobody can find out whether it was said")),
    "supported": (_("supported"), _("the sources bear it out")),
    "refuted": (_("refuted"), _("the sources contradict it")),
    "mixed": (_("mixed"), _("true in part, or the sources disagree")),
    "not_enough_evidence": (_("not enough evidence"), _("looked for, and too little found")),
    "outdated": (_("outdated"), _("was true and no longer is")),
    "pending": (_("pending"), _("cannot be known yet")),
    "not_checkable": (_("not checkable"), _("nothing could settle it")),
}
STANDINGS: dict[str, Words] = {
    Source.Standing.UNSEEN: _("not looked at again yet"),
    Source.Standing.SAME: _("as it was"),
    Source.Standing.CHANGED: _("This source has changed since the snapshot before."),
    Source.Standing.DEAD: _("This source is gone: it did not answer several times."),
}
STALE_KINDS: dict[str, Words] = {
    StaleMark.Kind.CHANGED: _("the source has changed: the quote is not in it any more"),
    StaleMark.Kind.DEAD: _("the source is gone"),
    StaleMark.Kind.EXPIRED: _("the verdict is too old"),
}
VERDICT_STATES: dict[str, Words] = {
    Verdict.State.PROPOSED: _("proposed"),
    Verdict.State.CHANGES_REQUESTED: _("sent back"),
    Verdict.State.APPROVED: _("approved"),
    Verdict.State.SUPERSEDED: _("superseded"),
    Verdict.State.TAKEN_BACK: _("taken back"),
}
# How an approved verdict stands that is not in force, and what was done to it, before the name of who did.
DOUBTS: dict[str, Words] = {
    Status.CHALLENGED: _("challenged"),
    Status.STALE: _("stale: a source has changed since"),
    Status.CORRECTED: _("corrected: no longer stands as it was"),
    Status.WITHDRAWN: _("withdrawn"),
    Status.VOID: _("void: the claim does not count"),
    "reopened": _("reopened: no longer stands"),
}
TURNS: dict[str, Words] = {
    "challenged": _("Challenged by"),
    "corrected": _("Marked corrected by"),
    "withdrawn": _("Withdrawn by"),
    "reopened": _("Reopened by"),
    "voided": _("Voided by"),
}
MOVES: dict[str, tuple[Words, Words]] = {
    "close": (_("Close it"), _("not worth checking")),
    "challenge": (_("Challenge it"), _("something speaks against the verdict")),
    "correct": (_("Mark it corrected"), _("the publisher or we put it right")),
    "withdraw": (_("Withdraw it"), _("the verdict does not stand")),
    "reopen": (_("Reopen it"), _("research begins again")),
    "void": (_("Void it"), _("it should never have been a claim")),
}
# The same within a sentence.
MOVE_WORDS: dict[str, Words] = {
    "close": _("close"),
    "challenge": _("challenge"),
    "correct": _("correct"),
    "withdraw": _("withdraw"),
    "reopen": _("reopen"),
    "void": _("void"),
}
# What a claim of this status waits for.
NEXT: dict[str, Words] = {
    Status.DRAFT: _("Its article is in draft: labelling begins when a manager opens it."),
    Status.LABELLING: _("It is open for labelling. Until that closes, everybody knows their own label alone."),
    Status.DISPUTED: _("An adjudicator who did not label it decides."),
    Status.AGREED: _("The first evidence or verdict begins research."),
    Status.CLOSED: _("It is not checked any further."),
    Status.RESEARCHING: _("Sources are gathered; then somebody proposes a verdict."),
    Status.PROPOSED: _("Another person than the proposer approves the verdict or asks for changes."),
    Status.VERIFIED: _("It is ready for a release."),
    Status.PUBLISHED: _("It stands in a release. Whoever doubts it may challenge it."),
    Status.CHALLENGED: _("An adjudicator reopens it, marks it corrected or withdraws it."),
    Status.STALE: _("A source has changed since: an adjudicator reopens it, marks it corrected or withdraws it."),
    Status.CORRECTED: _("It was put right."),
    Status.WITHDRAWN: _("It does not stand any more."),
    Status.VOID: _("It is no claim of this project any more."),
}
ORIGINS: dict[str, Words] = {"unanimous": _("all reviewers agree"), "adjudicated": _("an adjudicator decided")}
