"""What people do on the page of a claim: each a plain form; a refusal comes back on the page with what was typed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.accounts.requests import PageRequest
from annotations.claims.models import Claim
from annotations.claims.queries import claim_for
from annotations.discussion.forms import CommentEditForm, CommentForm
from annotations.discussion.mentions import mentions
from annotations.discussion.models import Comment
from annotations.discussion.queries import comment_for, member_names
from annotations.discussion.services import edit_comment, remove_comment, write_comment
from annotations.errors import NotVisible, StaleVersion, WorkbenchError
from annotations.projects.access import Action, require
from annotations.verification import moves, services
from annotations.verification.claim_page import claim_page, evidence_form, parts_form, plan_form
from annotations.verification.decomposing import decompose_claim
from annotations.verification.forms import MoveForm, PropositionForm, ReasonForm, TakeForm, VerdictForm
from annotations.verification.models import Aspect
from annotations.verification.parts import derived_in_force, visible_parts
from annotations.verification.planning import plan_check, plan_of
from annotations.verification.queries import verdict_for
from annotations.verification.retracting import take_back_verdict
from annotations.web.forms import refuse

REFUSED = gettext_lazy("Nothing is stored yet: the form below says what it needs.")


@require_POST
@login_required
def evidence_add(request: PageRequest, id: UUID) -> HttpResponse:
    """Use a source for this claim."""
    claim = _permitted(request, id, Action.ADD_SOURCE)
    form = evidence_form(request, claim, request.POST)

    def add() -> str:
        services.add_evidence(request.user, claim_id=id, **form.evidence())
        return _("The evidence is added.")

    return _done(request, claim, form, add, "evidence", evidence_form=form)


@require_POST
@login_required
def evidence_remove(request: PageRequest, id: UUID) -> HttpResponse:
    """Take my own evidence away."""
    claim = services.remove_evidence(request.user, evidence_id=id)
    messages.success(request, _("The evidence is removed; the log keeps what it was."))
    return _to(claim.pk, "evidence")


@require_POST
@login_required
def verdict_propose(request: PageRequest, id: UUID) -> HttpResponse:
    """Propose the answer for one aspect."""
    claim = _permitted(request, id, Action.PROPOSE_VERDICT)
    aspect = request.POST.get("aspect", "")
    if aspect not in Aspect.values:
        raise NotVisible(_("There is no such aspect."))
    part = visible_parts(request.user).filter(claim=id, pk__in=_ids(request.POST.get("part_id", ""))).first()
    form = VerdictForm(request.POST, aspect=aspect, part=part)

    def propose() -> str:
        services.propose_verdict(request.user, claim_id=id, **form.cleaned_data)
        return _("The verdict is proposed. Another person approves it.")

    place = f"part-{part.position}" if part else f"aspect-{aspect}"
    return _done(request, claim, form, propose, place, verdict_form=form, place=place)


@require_POST
@login_required
def verdict_take_back(request: PageRequest, id: UUID) -> HttpResponse:
    """Take my own verdict back."""
    verdict = take_back_verdict(request.user, verdict_id=id)
    messages.success(request, _("The verdict is taken back."))
    return _to(verdict.claim_id, verdict.place)


@require_POST
@login_required
def verdict_approve(request: PageRequest, id: UUID) -> HttpResponse:
    """Approve somebody else's verdict."""
    verdict = verdict_for(request.user, id)
    claim, form = claim_for(request.user, verdict.claim_id), forms.Form(request.POST)
    ticked = request.POST.getlist("checked")

    def approve() -> str:
        services.approve_verdict(request.user, verdict_id=id, checked=ticked)
        return _("The verdict is approved.")

    place = verdict.place
    done = _done(request, claim, form, approve, place, approve_form=form, ticked=ticked, place=place)
    # With the last part comes the verdict of the whole, which is what one wants to see.
    whole = done.status_code == 302 and verdict.part_id and derived_in_force(claim)
    return _to(claim.pk, "aspect-content") if whole else done


@require_POST
@login_required
def verdict_request_changes(request: PageRequest, id: UUID) -> HttpResponse:
    """Send somebody else's verdict back with a reason."""
    verdict = verdict_for(request.user, id)
    claim = _permitted(request, verdict.claim_id, Action.REVIEW_VERDICT)
    form = ReasonForm(request.POST, auto_id=f"reason_{verdict.place}_%s")

    def send_back() -> str:
        services.request_changes(request.user, verdict_id=id, **form.cleaned_data)
        return _("The verdict went back to its proposer.")

    return _done(request, claim, form, send_back, verdict.place, reason_form=form, place=verdict.place)


@require_POST
@login_required
def claim_move(request: PageRequest, id: UUID) -> HttpResponse:
    """Close, challenge, correct, withdraw, reopen or void, with a reason."""
    claim = claim_for(request.user, id)
    form = MoveForm(request.POST, auto_id="move_%s")

    def move() -> str:
        data = form.cleaned_data
        moves.move_claim(
            request.user, claim_id=id, to=data["to"], reason=data["reason"], aspect=data.get("aspect") or None
        )
        return _("Done, and told in the log.")

    return _done(request, claim, form, move, "status", move_form=form)


@require_POST
@login_required
def claim_sharpen(request: PageRequest, id: UUID) -> HttpResponse:
    """Give the claim a sharper proposition; where somebody else did meanwhile, both texts are shown."""
    claim = _permitted(request, id, Action.SHARPEN)
    form = PropositionForm(request.POST)

    def sharpen() -> str:
        moves.edit_proposition(request.user, claim_id=id, **form.cleaned_data)
        return _("The proposition is sharpened.")

    try:
        return _done(request, claim, form, sharpen, "proposition", proposition_form=form)
    except StaleVersion as error:
        typed = {"proposition": form.cleaned_data["proposition"], "version": claim.version}
        again = PropositionForm(initial=typed)
        return claim_page(request, claim, status=error.status, proposition_form=again, conflict=claim.proposition)


@require_POST
@login_required
def claim_parts(request: PageRequest, id: UUID) -> HttpResponse:
    """Say what the parts of the claim are; where the claim changed meanwhile, what was typed stays beside them."""
    claim = _permitted(request, id, Action.PROPOSE_VERDICT)
    form = parts_form(claim, request.POST)

    def decompose() -> str:
        decompose_claim(request.user, claim_id=id, **form.cleaned_data)
        return _("The parts are saved.")

    try:
        return _done(request, claim, form, decompose, "parts", parts_form=form)
    except StaleVersion as error:
        again = parts_form(claim, parts="\n".join(form.cleaned_data["parts"]))
        return claim_page(request, claim, status=error.status, parts_form=again, parts_conflict=True)


@require_POST
@login_required
def claim_plan(request: PageRequest, id: UUID) -> HttpResponse:
    """Plan who checks the claim, how urgent it is, by when; where somebody else did meanwhile, both are shown."""
    claim = _permitted(request, id, Action.PLAN_CHECKING)
    form = plan_form(claim, request.POST)

    def plan() -> str:
        plan_check(request.user, claim_id=id, **form.changes())
        return _("The plan is saved.")

    try:
        return _done(request, claim, form, plan, "plan", plan_form=form)
    except StaleVersion as error:
        again = plan_form(claim, initial={**form.cleaned_data, "version": plan_of(claim).version})
        return claim_page(request, claim, status=error.status, plan_form=again, plan_conflict=True)


@require_POST
@login_required
def claim_take(request: PageRequest, id: UUID) -> HttpResponse:
    """Take the claim to check it, or give it back."""
    claim, form = _permitted(request, id, Action.TAKE_CLAIM), TakeForm(request.POST)

    def take() -> str:
        taker = request.user.get_username() if form.cleaned_data["take"] else None
        plan_check(request.user, claim_id=id, version=form.cleaned_data["version"], assignee=taker)
        return _("The claim is yours to check.") if taker else _("The claim is given back.")

    try:
        return _done(request, claim, form, take, "plan", take_form=form)
    except StaleVersion as error:
        return claim_page(request, claim, status=error.status, plan_conflict=True)


@require_POST
@login_required
def comment_write(request: PageRequest, id: UUID) -> HttpResponse:
    """Say something of a claim; names that are nobody's here are told."""
    claim = _permitted(request, id, Action.COMMENT)
    form = CommentForm(request.POST)

    def write() -> str:
        comment = write_comment(request.user, claim_id=id, **form.cleaned_data)
        _tell_unknown(request, comment)
        return _("Your comment is there.")

    return _done(request, claim, form, write, "discussion", comment_form=form)


@require_POST
@login_required
def comment_edit(request: PageRequest, id: UUID) -> HttpResponse:
    """Give my own comment another text; where another window of mine did meanwhile, both are shown."""
    comment = comment_for(request.user, id)
    claim = _permitted(request, comment.claim_id, Action.COMMENT)
    form = CommentEditForm(request.POST, auto_id=f"edit_{id}_%s")

    def edit() -> str:
        _tell_unknown(request, edit_comment(request.user, comment_id=id, **form.cleaned_data))
        return _("Your comment is edited.")

    try:
        return _done(request, claim, form, edit, f"comment-{id}", edit_form=form, edited=id)
    except StaleVersion as error:
        typed = {"text": form.cleaned_data["text"], "version": comment_for(request.user, id).version}
        again = CommentEditForm(initial=typed, auto_id=f"edit_{id}_%s")
        return claim_page(request, claim, status=error.status, edit_form=again, edited=id, edit_conflict=True)


@require_POST
@login_required
def comment_remove(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a comment's words away."""
    comment = remove_comment(request.user, comment_id=id)
    messages.success(request, _("The comment is removed."))
    return _to(comment.claim_id, "discussion")


def _tell_unknown(request: PageRequest, comment: Comment) -> None:
    for name in mentions(comment.text, member_names(comment.claim.project)).unknown:
        messages.warning(request, _("Nobody here is called %(name)s, so nobody was told.") % {"name": name})


def _ids(text: str) -> list[UUID]:
    """The id that a form names; none where it is no id."""
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _permitted(request: PageRequest, id: UUID, action: Action) -> Claim:
    claim = claim_for(request.user, id)
    require(claim.role, action)
    return claim


def _done(
    request: PageRequest, claim: Claim, form: forms.Form, act: Callable[[], str], anchor: str, **refused: Any
) -> HttpResponse:
    """Carry the act out and go back to the claim; what is refused comes back on its page, at the form it came from."""
    if not form.is_valid():
        messages.error(request, REFUSED)
        return claim_page(request, claim, status=400, **refused)
    try:
        told = act()
    except (NotVisible, StaleVersion):
        raise
    except WorkbenchError as error:
        status = refuse(form, error)
        messages.error(request, REFUSED)
        return claim_page(request, claim_for(request.user, claim.pk), status=status, **refused)
    messages.success(request, told)
    return _to(claim.pk, anchor)


def _to(claim_id: UUID, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('claim', args=[claim_id])}#{anchor}")
