"""What the labelling room shows of an open article: the text, the claims, and of labels my own alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.models import Claim, LabelValue, Status
from annotations.claims.queries import claims_in
from annotations.claims.wording import ABSTAINING, LABELS
from annotations.labelling.content import LabelContent
from annotations.labelling.models import Label
from annotations.labelling.progress import Mine, my_own_labels
from annotations.labelling.queries import not_mine
from annotations.labelling.wording import NOT_MINE

LETTERS: dict[str, str] = {
    LabelValue.ATTRIBUTED: "A",
    LabelValue.VERIFIABLE: "F",
    LabelValue.OPINION: "O",
    LabelValue.UNSURE: "U",
    LabelValue.NOT_A_CLAIM: "N",
}
ON_A_STRIP = 150  # ticks; a longer strip has pages
SHOWN = ("id", "start", "end", "kind", "proposition", "status", "labelling_closed_at", "label")


@dataclass(frozen=True)
class Seat:
    """A claim in the room, by its number in the text, with my label on it."""

    number: int
    claim: Claim
    mine: Label | None
    quote: str
    held: bool = True  # whether it is mine to label, as work is handed out

    @property
    def id(self) -> UUID:
        """The claim's."""
        return self.claim.pk

    @property
    def said(self) -> str:
        """My label, or nothing."""
        return self.mine.current.label if self.mine and self.mine.current else ""

    @property
    def look(self) -> str:
        """What it is drawn as: my label, else the settled one, else none."""
        return self.said or self.claim.label or "none"

    @property
    def letter(self) -> str:
        """The letter of what it is drawn as, a dash where it has no label."""
        return LETTERS.get(self.look, "–")

    @property
    def settled_letter(self) -> str:
        """The letter of the settled label, a dash where there is none."""
        return LETTERS.get(self.claim.label or "", "–")

    @property
    def start_of_quote(self) -> str:
        """The first words, on one line."""
        words = self.quote[:160].split()
        return " ".join(words[:12]) + ("…" if len(words) > 12 else "")

    @property
    def is_open(self) -> bool:
        """Whether labelling of the claim has not closed."""
        return self.claim.status == Status.LABELLING

    @property
    def is_waiting(self) -> bool:
        """Whether I have still to label it."""
        return self.is_open and self.held and not self.said

    @property
    def lacks_kind(self) -> bool:
        """Whether I call it an attributed statement and have not said of what kind; that may stay so."""
        current = self.mine.current if self.mine else None
        if current is None or self.locked:
            return False
        return current.label == LabelValue.ATTRIBUTED and not current.content_kind

    @property
    def told(self) -> str:
        """The claim in one sentence, where that says more than the quote."""
        return "" if self.claim.proposition == " ".join(self.quote.split()) else self.claim.proposition

    @property
    def locked(self) -> str:
        """Why my label cannot be changed here, in words; nothing where it can."""
        if not self.is_open:
            return _("Labelling of this claim has closed.")
        if self.mine and self.mine.handed_in_at:
            at = timezone.localtime(self.mine.handed_in_at)
            when = f"{formats.date_format(at)}, {formats.date_format(at, 'H:i')} UTC"
            return _(
                "You handed this in on %(when)s: it counts as it is. It can be corrected once labelling has closed."
            ) % {"when": when}
        if not self.held:
            return str(NOT_MINE)
        return ""


def seats(user: User, article: Article) -> list[Seat]:
    """Every claim of the article that the user may know of and that is not void, in the order of the text."""
    rows = claims_in(user, article.pk).exclude(status=Status.VOID).select_related(None).only(*SHOWN)
    mine, others = my_own_labels(user, article), not_mine(user, article)
    return [
        Seat(number, claim, mine.get(claim.pk), article.text[claim.start : claim.end], claim.pk not in others)
        for number, claim in enumerate(rows, start=1)
    ]


def chosen(all_seats: Sequence[Seat], wanted: str | None) -> int:
    """The place of the claim asked for; else of the first one that I have still to label."""
    places = (place for place, seat in enumerate(all_seats) if str(seat.id) == wanted)
    waiting = (place for place, seat in enumerate(all_seats) if seat.is_waiting)
    return next(places, next(waiting, 0))


def following(all_seats: Sequence[Seat], place: int) -> Seat:
    """The next claim that I have still to label, from the top again at the end; the same one where there is none."""
    ahead = [*all_seats[place + 1 :], *all_seats[:place]]
    return next((seat for seat in ahead if seat.is_waiting), all_seats[place])


def my_share(all_seats: Sequence[Seat]) -> Mine:
    """How many I have labelled, of those that are or were mine to label."""
    labelled = sum(bool(seat.said) for seat in all_seats)
    return Mine(labelled, labelled + sum(seat.is_waiting for seat in all_seats))


def room_data(user: User, article: Article, all_seats: Sequence[Seat], place: int) -> dict[str, Any]:
    """What the page's script works with."""
    return {
        "user": user.pk,
        "article": str(article.pk),
        "current": place,
        "ticks": ON_A_STRIP,
        "claims": [_claim_data(seat) for seat in all_seats],
        "words": {
            "place": _("Claim {n} of {all}"),
            "page": _("Claims {first} to {last}"),
            "progress": _("{n} of {all} labelled by you"),
            "saved": _("saved"),
            "savedClaim": _("Claim {n}: saved"),
            "kept": _("not saved yet: choose a label"),
            "reason": _("not saved yet: say why"),
            "away": _("Not connected. What you type is kept in this browser and sent when the connection is back."),
            "signedOut": _("You are signed out. What you type is kept in this browser and sent once you are back."),
            "stale": _("You changed this label in another window. There it is: {label}."),
            "discard": _("Discard mine"),
            "closed": _("Labelling of this claim has closed."),
            "added": _("A claim was added to this article. Reload the page to see it."),
            "takeOther": _("Take the other"),
            "pick": _("First select words of the claim in the text; source and cue may stand in the sentence before."),
            "ofProposition": _("The proposition of claim {n}, not stored before the article was opened"),
            "ofWindow": _("On claim {n}, in another window"),
            "refused": _("Claim {n} was not saved: {why}"),
            "missing": _("Still to be finished by you:"),
            "ready": _("All claims have a label of yours."),
            "sending": _("Some labels are not sent yet. Hand in when the connection is back."),
            "labels": {value: str(word) for value, (_key, _glyph, word) in {**LABELS, **ABSTAINING}.items()},
        },
    }


def _claim_data(seat: Seat) -> dict[str, Any]:
    """One claim; what is as it is for most claims is left out (the script's `USUAL`)."""
    claim, mine = seat.claim, seat.mine
    current = mine.current if mine else None
    data = {
        "id": str(claim.pk),
        "start": claim.start,
        "end": claim.end,
        "told": seat.told,
        "settled": claim.label,
        "locked": seat.locked,
        "closed": not (seat.is_open and seat.held),  # for the script: not to be asked for
        "version": mine.version if mine else 0,
        "seconds": (current.seconds or 0) if current else 0,
        "mine": {name: getattr(current, name) for name in LabelContent.__dataclass_fields__} if current else None,
    }
    return {name: value for name, value in data.items() if value or name == "start"}
