"""The page of a claim: everything one person may know of it, with the forms of what they may do."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from annotations.accounts.requests import PageRequest
from annotations.adjudication.comparing import Excerpts, Row, compare, places
from annotations.adjudication.queries import around, decisions_on, has_labelled, is_waiting
from annotations.adjudication.second_looks import reasons_for
from annotations.articles.queries import excerpts, visible_articles
from annotations.claims.models import Claim, Status
from annotations.discussion.forms import CommentForm
from annotations.discussion.queries import member_names
from annotations.discussion.reading import remarks
from annotations.labelling.models import LabelRevision
from annotations.labelling.queries import my_label, visible_labels, visible_outside_labels, visible_revisions
from annotations.projects.access import Action, may
from annotations.projects.queries import membership_in
from annotations.verification.checking import is_overdue
from annotations.verification.decomposing import may_decompose
from annotations.verification.forms import (
    SOURCES_LISTED,
    EvidenceForm,
    MoveForm,
    PartsForm,
    PlanForm,
    PropositionForm,
    ReadForm,
    ReasonForm,
    VerdictForm,
)
from annotations.verification.history import entries, events_of
from annotations.verification.moves import may_be_sharpened
from annotations.verification.panels import Panel, evidence_aspects, evidence_on, may_add_evidence, moves_for, panels
from annotations.verification.parts import parts_of, visible_parts
from annotations.verification.planning import checkers, plan_of, plan_values, plannable
from annotations.verification.queries import visible_sources
from annotations.verification.reuse import linked, offered
from annotations.verification.wording import MOVES, NEXT

EVENTS_A_PAGE = 30


def claim_page(request: PageRequest, claim: Claim, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page; `refused` are forms that came back, by the name they have in the context.

    `verdict_form` and `reason_form` stand in the panel of `refused["place"]`.
    """
    user = request.user
    membership = membership_in(user, claim.project.slug)
    shown = panels(user, claim)
    context = {
        "membership": membership,
        "section": "checking",
        "claim": claim,
        "article": visible_articles(user).defer("text").get(pk=claim.article_id),
        "around": around(claim),
        "next": NEXT[claim.status],
        "panels": [(panel, *_panel_forms(panel, refused)) for panel in shown],
        "other_evidence": _other_evidence(request, claim, {panel.aspect for panel in shown}),
        **_known(request, claim),
        **_forms(request, claim),
        **_discussion(request, claim, refused),
        **_plan(request, claim),
        "alikes": {"linked": linked(user, claim), "offered": offered(user, claim)},
        "speaks": may(claim.role, Action.PROPOSE_VERDICT),
        **refused,
    }
    return render(request, "annotations/verification/claim.html", context, status=status)


def evidence_form(request: PageRequest, claim: Claim, data: Any = None) -> EvidenceForm:
    """The form of new evidence on the claim; a link from a part names it as `about`."""
    sources = visible_sources(request.user, claim.project).order_by("-created_at", "-id")[:SOURCES_LISTED]
    aspects, parts = evidence_aspects(claim), list(visible_parts(request.user).filter(claim=claim))
    named = {"aspect": request.GET.get("about")}
    return EvidenceForm(data, aspects=aspects, sources=list(sources), parts=parts, initial=named, auto_id="evidence_%s")


def plan_form(claim: Claim, data: Any = None, *, initial: dict[str, Any] | None = None) -> PlanForm:
    """The form of the claim's plan, as it stands unless `initial` says otherwise."""
    names = checkers(claim.project)
    assignee = plan_values(plan_of(claim))["assignee"]
    gone = [assignee] if assignee and assignee not in names else []
    return PlanForm(data, names=[*names, *gone], initial=initial or plan_values(plan_of(claim)))


def _plan(request: PageRequest, claim: Claim) -> dict[str, Any]:
    """Who checks the claim, and whether this person may plan that, take the claim or give it back."""
    if not plannable(claim):
        return {"planned": False}
    plan = plan_of(claim)
    takes = may(claim.role, Action.TAKE_CLAIM)
    return {
        "planned": True,
        "plan": plan,
        "overdue": is_overdue(claim, plan),
        "takes": takes and plan.assignee is None,
        "gives_back": takes and plan.assignee_id == request.user.pk,
        "plan_form": plan_form(claim) if may(claim.role, Action.PLAN_CHECKING) else None,
    }


def parts_form(claim: Claim, data: Any = None, **typed: Any) -> PartsForm:
    """The form of the claim's parts, as they stand unless something was `typed`."""
    lines = "\n".join(part.proposition for part in parts_of(claim))
    return PartsForm(data, auto_id="parts_%s", initial={"parts": lines, "version": claim.version, **typed})


def _panel_forms(panel: Panel, refused: dict[str, Any]) -> tuple[VerdictForm, ReasonForm]:
    """The forms of one panel: those that came back where they belong here, else new ones."""
    here = refused.get("place") == panel.place
    verdict = refused.get("verdict_form") if here else None
    reason = refused.get("reason_form") if here else None
    return (
        verdict or VerdictForm(aspect=panel.aspect, part=panel.part),
        reason or ReasonForm(auto_id=f"reason_{panel.place}_%s"),
    )


def _other_evidence(request: PageRequest, claim: Claim, aspects: set[str]) -> list[Any]:
    """Evidence that stands in no panel: on an open claim my own, later that for an aspect which is not asked for."""
    return [piece for piece in evidence_on(request.user, claim) if piece.evidence.aspect not in aspects]


def _forms(request: PageRequest, claim: Claim) -> dict[str, Any]:
    moves = moves_for(claim)
    sharpens = may_be_sharpened(claim) and may(claim.role, Action.SHARPEN)
    initial = {"proposition": claim.proposition, "version": claim.version}
    unbarred = may(claim.role, Action.DECIDE) and not (claim.project.four_eyes and has_labelled(request.user, claim))
    return {
        "evidence_form": evidence_form(request, claim) if may_add_evidence(claim) else None,
        "read_form": ReadForm(auto_id="read_%s"),
        "moves": [(name, *MOVES[name]) for name in moves],
        "parts_form": parts_form(claim) if may_decompose(claim) else None,
        "several_aspects": len({aspect for aspects in moves.values() for aspect in aspects}) > 1,
        "move_form": MoveForm(auto_id="move_%s"),
        "proposition_form": PropositionForm(initial=initial) if sharpens else None,
        "decides": is_waiting(claim) and unbarred,
        "keeps": unbarred,
    }


def _discussion(request: PageRequest, claim: Claim, refused: dict[str, Any]) -> dict[str, Any]:
    """The comments, and the form of a new one; nothing while the claim is open for labelling."""
    if claim.labelling_closed_at is None:
        return {"discussed": False}
    names = member_names(claim.project)
    return {
        "discussed": True,
        "remarks": remarks(request.user, claim, names, edited=refused.get("edited"), form=refused.get("edit_form")),
        "names": " ".join(names),
        "comment_form": CommentForm() if may(claim.role, Action.COMMENT) else None,
    }


def _known(request: PageRequest, claim: Claim) -> dict[str, Any]:
    """Labels, decisions and events that this person may see."""
    user = request.user
    page = Paginator(events_of(user, claim), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "mine": my_label(user, claim) if claim.status == Status.LABELLING else None,
        "labels_mine": claim.status == Status.LABELLING and may(claim.role, Action.LABEL),
        "reviewers": _reviewers(request, claim) if claim.labelling_closed_at else [],
        "outside": visible_outside_labels(user).filter(claim=claim),
        "decisions": decisions_on(user, claim),
        "second_look": reasons_for(user, claim) if claim.labelling_closed_at else [],
        "page": page,
        "entries": entries(user, claim, list(page)),
    }


@dataclass(frozen=True)
class Reviewer:
    """Who said what: the revision that counts, what it says beside label and note, and every one, newest first."""

    name: str
    counts: LabelRevision
    details: list[Row]
    revisions: list[LabelRevision]


def _reviewers(request: PageRequest, claim: Claim) -> list[Reviewer]:
    """Everybody whose label counts, by name."""
    labels = visible_labels(request.user).filter(claim=claim, counted__isnull=False)
    counted = {label.reviewer_id: label.counted_id for label in labels}
    rows = visible_revisions(request.user).filter(claim=claim).order_by("reviewer__username", "-number")
    found = []
    for _reviewer, run in groupby(rows, key=lambda row: row.reviewer_id):
        revisions = list(run)
        counts = next((row for row in revisions if row.pk == counted.get(row.reviewer_id)), None)
        if counts:
            found.append((counts, revisions))
    words = excerpts(claim.article_id, places([counts for counts, _revisions in found]))
    return [
        Reviewer(counts.reviewer.get_username(), counts, _details(counts, words), revisions)
        for counts, revisions in found
    ]


def _details(revision: LabelRevision, words: Excerpts) -> list[Row]:
    return [row for row in compare([revision], words) if row.name not in ("label", "rationale")]
