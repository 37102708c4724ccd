"""The whole history of a claim: what happened to it and its article, as far as the reader may know, with the reasons.

The log holds who, when, from what to what. What a verdict or a label rests on stands with the verdict and the label;
it is read there, through what the reader may see of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.audit.wording import Told, told
from annotations.claims.models import Claim, Status
from annotations.labelling.queries import visible_events, visible_revisions
from annotations.verification.queries import visible_verdicts

OF_THE_ARTICLE = ("article.imported", "claims.proposed", "article.opened", "article.closed")
# The part of the page that an entry is about, by the first word of its verb, and what the link to it says.
PLACES: dict[str, tuple[str, str | Promise]] = {
    "label": ("#labels", gettext_lazy("labels")),
    "verdict": ("#{of}", gettext_lazy("verdict")),
    "evidence": ("#{of}", gettext_lazy("evidence")),
    "comment": ("#discussion", gettext_lazy("discussion")),
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened: in words, how the claim's status moved by it, why, and where to read on."""

    event: Event
    told: Told
    moved: tuple[str, str] | None
    why: str
    url: str
    link: str | Promise

    @property
    def about(self) -> str:
        """What it was done to; a reason is told as such."""
        return "" if self.told.about == self.why else self.told.about

    @property
    def before(self) -> str:
        """What it was before, where that is not the status alone."""
        return "" if self.moved else self.told.before

    @property
    def after(self) -> str:
        """What it is since."""
        return "" if self.moved and self.told.before else self.told.after


def events_of(user: User, claim: Claim) -> QuerySet[Event]:
    """Every event about the claim, and those about its article that brought it here, newest first."""
    before = Event.objects.filter(article_id=claim.article_id, claim_id__isnull=True, verb__in=OF_THE_ARTICLE)
    return visible_events(user, claim.project).filter(
        Q(claim_id=claim.pk) | Q(pk__in=list(before.values_list("pk", flat=True)))
    )


def entries(user: User, claim: Claim, events: Sequence[Event]) -> list[Entry]:
    """These events, told to their reader."""
    reasons = _explanations(user, claim) | _rationales(user, claim)
    return [_entry(event, claim, reasons) for event in events]


def _entry(event: Event, claim: Claim, reasons: dict[tuple[str, Any], str]) -> Entry:
    data, kind = event.data, event.verb.partition(".")[0]
    url, link = _place(kind, data, claim)
    moved = data.get("before"), data.get("after", "published" if event.verb == "claim.published" else None)
    why = data.get("reason") or _why(event, reasons) or data.get("note") or data.get("quote") or ""
    return Entry(
        event,
        told(event.verb, data),
        (moved[0], moved[1]) if moved[0] in Status.values and moved[1] in Status.values else None,
        str(why),
        url,
        link,
    )


def _place(kind: str, data: dict[str, Any], claim: Claim) -> tuple[str, str | Promise]:
    if "release" in data:
        return reverse("releases", args=[claim.project.slug]), _("release %(n)s") % {"n": data.get("number", "")}
    if kind in ("article", "claims"):
        return reverse("article", args=[claim.article_id]), _("article")
    anchor, link = PLACES.get(kind, ("", ""))
    part = data.get("part")
    return anchor.format(of=f"part-{part}" if part else f"aspect-{data.get('aspect', '')}"), link


def _why(event: Event, reasons: dict[tuple[str, Any], str]) -> str:
    if event.verb == "verdict.proposed":
        return reasons.get(("verdict", event.subject_id), "")
    if event.verb == "label.saved":
        return reasons.get(("label", (event.actor_id, event.data.get("number"))), "")
    return ""


def _explanations(user: User, claim: Claim) -> dict[tuple[str, Any], str]:
    rows = visible_verdicts(user).filter(claim=claim).values_list("pk", "explanation")
    return {("verdict", str(pk)): explanation for pk, explanation in rows}


def _rationales(user: User, claim: Claim) -> dict[tuple[str, Any], str]:
    rows = visible_revisions(user).filter(claim=claim)
    return {("label", (row.reviewer_id, row.number)): row.reason or row.rationale for row in rows}
