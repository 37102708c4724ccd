"""What the page shows on which the units of a draft article are edited."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.articles.page import article_context
from annotations.claims.forms import AddForm, PropositionForm
from annotations.claims.models import Claim, Kind
from annotations.claims.opening import warnings
from annotations.claims.queries import claims_in
from annotations.errors import WorkbenchError
from annotations.projects.access import Action, may
from annotations.projects.models import Membership
from annotations.web.windows import window_at

LISTED = 150  # units beside the text; a longer list has pages
AROUND = 200  # code points beside a unit whose words are offered as its new begin or end
UNDO = "dismissed-unit"  # the session's key of what was dismissed last


@dataclass(frozen=True)
class Word:
    """A word near a unit, by its place in the article."""

    start: int
    end: int
    text: str


def editor(
    request: PageRequest, article: Article, membership: Membership, *, refused: WorkbenchError | None = None
) -> HttpResponse:
    """The text with its units, and the tools for one of them (`?unit=`); with what was `refused` and typed."""
    units = list(claims_in(request.user, article.pk).select_related(None))
    place = _place(units, request.GET.get("unit") or request.POST.get("unit"))
    current = units[place] if units else None
    editable = may(membership.role, Action.EDIT_UNITS)
    context = {
        **article_context(article, {unit.start for unit in units if unit.kind == "heading"}),
        "membership": membership,
        "units": units,
        "listed": window_at(units, place, LISTED),
        "current": current,
        "place": place,
        "before": units[place - 1] if place else None,
        "after": units[place + 1] if place + 1 < len(units) else None,
        "editable": editable,
        "refused": refused,
        "data": editor_data(article, units, current, editable),
    }
    if editable:
        context |= _tools(request, article, current, refused)
    return render(request, "annotations/claims/editor.html", context, status=refused.status if refused else 200)


def editor_data(article: Article, units: list[Claim], current: Claim | None, editable: bool) -> dict[str, Any]:
    """What the page's script works with."""
    return {
        "article": str(article.pk),
        "language": article.language,
        "editable": editable,
        "current": str(current.pk) if current else None,
        "listed": LISTED,
        "units": [_unit_data(unit) for unit in units],
        "words": {
            "place": _("Unit {n} of {all}"),
            "none": _("No units"),
            "dismissed": _("Dismissed “{quote}”."),
            "undo": _("Undo"),
            "undone": _("Undone."),
            "redone": _("Done again."),
            "nothingToUndo": _("There is nothing to undo."),
            "nothingToRedo": _("There is nothing to do again."),
            "changedSince": _(
                "Somebody else changed these units meanwhile, so this cannot be undone or done again."
                " They are shown as they stand now."
            ),
            "nothing": _("Select some words in the text first."),
            "cut": _(
                "Put the caret where the unit is to be cut: click in the text, or select the words it begins with."
            ),
            "page": _("Units {first} to {last}"),
            "last": _("There is no unit after this one."),
            "notStored": _("Not connected: this was not stored. Try again in a moment."),
            "away": _("Not connected. What you type is kept in this browser and sent when the connection is back."),
            "signedOut": _(
                "You are signed out. What you type is kept in this browser: sign in again in another window."
            ),
            "refused": _("Unit {n} was not saved: {why}"),
            "unsent": _("A proposition is not stored yet: wait until it is, or choose which text stays."),
            "saved": _("saved"),
            "staleText": _("Somebody else changed this unit meanwhile. What you typed is not stored. There it is:"),
            "stale": _("Somebody else changed this unit meanwhile. It is shown as it stands now."),
        },
    }


def _unit_data(unit: Claim) -> dict[str, Any]:
    """One unit; what is as it is for most units is left out (the script's `USUAL`)."""
    data = {"id": str(unit.pk), "start": unit.start, "end": unit.end}
    if unit.kind != Kind.SENTENCE:
        data["kind"] = unit.kind
    if unit.proposition != unit.exact:
        data["proposition"] = unit.proposition
    return data if unit.version == 1 else {**data, "version": unit.version}


def _tools(
    request: PageRequest, article: Article, current: Claim | None, refused: WorkbenchError | None
) -> dict[str, Any]:
    typed = request.POST if refused else None
    tools: dict[str, Any] = {
        "warnings": warnings(article.project),
        "add_form": AddForm(typed if typed and "exact" in typed else None, auto_id="add_%s"),
        "undo": request.session.pop(UNDO, None) if UNDO in request.session else None,
    }
    if tools["undo"] and tools["undo"]["article"] != str(article.pk):
        tools["undo"] = None
    stands = {"proposition": current.proposition, "version": current.version} if current else {}
    if typed and "proposition" in typed:
        stands["proposition"] = typed["proposition"]
    # The card stands on a page without units too, hidden until the first is added.
    tools["proposition_form"] = PropositionForm(initial=stands, auto_id="unit_%s")
    if current is not None:
        words = list(words_near(article.text, current))
        tools["cuts"] = [word for word in words if current.start < word.end < current.end]
        tools["starts"] = [word for word in words if word.start < current.end]
        tools["ends"] = [word for word in words if word.end > current.start]
    return tools


def words_near(text: str, unit: Claim) -> list[Word]:
    """The words in a unit and beside it, up to the next line on either side."""
    first = max(text.rfind("\n", 0, unit.start) + 1, unit.start - AROUND)
    line_end = text.find("\n", unit.end)
    last = min(line_end if line_end >= 0 else len(text), unit.end + AROUND)
    return [Word(found.start(), found.end(), found.group()) for found in re.compile(r"\S+").finditer(text, first, last)]


def _place(units: list[Claim], wanted: str | None) -> int:
    try:
        id = UUID(str(wanted))
    except ValueError:
        return 0
    return next((place for place, unit in enumerate(units) if unit.pk == id), 0)
