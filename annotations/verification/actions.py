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
from annotations.errors import NotVisible, StaleVersion, WorkbenchError
from annotations.projects.access import Action, require
from annotations.verification import moves, services
from annotations.verification.claim_page import claim_page, evidence_form
from annotations.verification.forms import MoveForm, PropositionForm, ReasonForm, VerdictForm
from annotations.verification.models import Aspect
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
    form = VerdictForm(request.POST, aspect=aspect)

    def propose() -> str:
        services.propose_verdict(request.user, claim_id=id, **form.cleaned_data)
        return _("The verdict is proposed. Another person approves it.")

    return _done(request, claim, form, propose, f"aspect-{aspect}", verdict_form=form, aspect=aspect)


@require_POST
@login_required
def verdict_take_back(request: PageRequest, id: UUID) -> HttpResponse:
    """Take my own verdict back."""
    verdict = take_back_verdict(request.user, verdict_id=id)
    messages.success(request, _("The verdict is taken back."))
    return _to(verdict.claim_id, f"aspect-{verdict.aspect}")


@require_POST
@login_required
def verdict_approve(request: PageRequest, id: UUID) -> HttpResponse:
    """Approve somebody else's verdict."""
    verdict = verdict_for(request.user, id)
    claim, form = claim_for(request.user, verdict.claim_id), forms.Form(request.POST)

    def approve() -> str:
        services.approve_verdict(request.user, verdict_id=id)
        return _("The verdict is approved.")

    return _done(request, claim, form, approve, f"aspect-{verdict.aspect}", approve_form=form, aspect=verdict.aspect)


@require_POST
@login_required
def verdict_request_changes(request: PageRequest, id: UUID) -> HttpResponse:
    """Send somebody else's verdict back with a reason."""
    verdict = verdict_for(request.user, id)
    claim = _permitted(request, verdict.claim_id, Action.REVIEW_VERDICT)
    form = ReasonForm(request.POST, auto_id=f"reason_{verdict.aspect}_%s")

    def send_back() -> str:
        services.request_changes(request.user, verdict_id=id, **form.cleaned_data)
        return _("The verdict went back to its proposer.")

    return _done(request, claim, form, send_back, f"aspect-{verdict.aspect}", reason_form=form, aspect=verdict.aspect)


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
