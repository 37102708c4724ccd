"""Pages of the training: the round of who labels, and the gold claims of the managers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.requests import PageRequest
from annotations.claims.wording import ABSTAINING, CONTENT_KINDS, LABELS
from annotations.errors import NotVisible, WorkbenchError
from annotations.projects.access import Action, require_member
from annotations.projects.models import Membership
from annotations.projects.queries import membership_in
from annotations.training import services
from annotations.training.forms import AnswerForm, GoldForm, SettledForm
from annotations.training.models import GoldClaim
from annotations.training.queries import FEWEST, MOST, gold_claim, gold_claims, missed, standing, trainees
from annotations.training.settled import LISTED, as_gold, settled_claims
from annotations.training.starter import EXAMPLES
from annotations.web.forms import refuse


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def training(request: PageRequest, slug: str) -> HttpResponse:
    """One claim at a time; after an answer (`?told`) what it was and why, at the end all that differed."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.LABEL)
    form, status = AnswerForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                services.answer_gold(request.user, slug=slug, **form.content())
            except NotVisible:
                raise
            except WorkbenchError as error:
                status = refuse(form, error)
            else:
                return redirect(f"{reverse('training', args=[slug])}?told#told")
    return render(request, "annotations/training/training.html", _shown(request, membership, form), status=status)


@require_POST
@login_required
def begin(request: PageRequest, slug: str) -> HttpResponse:
    """Begin a round."""
    services.begin_round(request.user, slug=slug)
    return redirect("training", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def gold(request: PageRequest, slug: str) -> HttpResponse:
    """The gold claims, a form for another one, and how the members did."""
    return _gold(request, _managing(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def gold_edit(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """Change one gold claim."""
    membership = _managing(request, slug)
    return _gold(request, membership, gold_claim(membership.project, id))


@require_POST
@login_required
def examples(request: PageRequest, slug: str) -> HttpResponse:
    """Take the examples of the default codebook."""
    made = services.take_examples(request.user, slug=slug)
    told = ngettext("%(n)d gold claim added.", "%(n)d gold claims added.", len(made))
    messages.success(request, told % {"n": len(made)})
    return redirect("training-gold", slug)


@require_POST
@login_required
def gold_move(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """Move a gold claim up, or down."""
    services.move_gold(request.user, slug=slug, id=id, up=request.POST.get("to") == "up")
    return redirect("training-gold", slug)


@require_POST
@login_required
def gold_remove(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """Take a gold claim out."""
    services.remove_gold(request.user, slug=slug, id=id)
    messages.success(request, _("The gold claim is removed. Answers to it stay."))
    return redirect("training-gold", slug)


def _shown(request: PageRequest, membership: Membership, form: AnswerForm) -> dict[str, Any]:
    """What the page of a round shows: the claim that was answered just now, else the next one, else how it went."""
    stands = standing(request.user, membership.project)
    told = stands.answers[-1] if stands.answers and "told" in request.GET and not form.is_bound else None
    shown = told.claim if told else stands.next
    # What was chosen for another claim is not chosen for this one.
    chosen = form.data if shown and str(shown.pk) == form.data.get("claim") else {}
    return {
        "membership": membership,
        "section": "training",
        "form": form,
        "chosen": chosen,
        "stands": stands,
        "told": told,
        "shown": shown,
        "pieces": _pieces(shown),
        "number": len(stands.answers) + (0 if told else 1),
        "labels": LABELS,
        "abstentions": ABSTAINING,
        "kinds": CONTENT_KINDS,
        "differed": [answer for answer in stands.answers if not answer.right],
        "codebook": membership.project.codebook,
        "rules": {rule["id"]: rule["text"] for rule in _rules(membership)},
    }


def _gold(request: PageRequest, membership: Membership, claim: GoldClaim | None = None) -> HttpResponse:
    taken, begun = (None, _stands(claim)) if claim else _taken(request, membership)
    given = request.POST if request.method == "POST" else None
    language = begun.get("language", "")
    form = GoldForm(given, initial=begun, rules=_rules(membership), language=language)
    status = _write(request, membership, form, claim)
    if status is None:
        return redirect("training-gold", membership.project.slug)
    context: dict[str, Any] = {"membership": membership, "section": "project-settings", "form": form}
    if claim:
        return render(request, "annotations/training/gold_edit.html", context, status=status)
    claims = list(gold_claims(membership.project))
    context |= {"claims": claims, "odd": not FEWEST <= len(claims) <= MOST, "taken": taken}
    context["examples"] = {example["text"] for example in EXAMPLES} - {claim.text for claim in claims}
    context |= {"trainees": trainees(membership.project), "missed": missed(membership.project)}
    return render(request, "annotations/training/gold.html", context, status=status)


def _write(request: PageRequest, membership: Membership, form: GoldForm, claim: GoldClaim | None) -> int | None:
    """Store the gold claim that was sent; the status of the page to show, None where it is stored."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return 400
    id = claim.pk if claim else None
    try:
        services.write_gold(request.user, slug=membership.project.slug, id=id, **form.content())
    except WorkbenchError as error:
        return refuse(form, error)
    messages.success(request, _("Saved."))
    return None


def _stands(claim: GoldClaim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in GoldForm.base_fields}


def _taken(request: PageRequest, membership: Membership) -> tuple[SettledForm, dict[str, Any]]:
    """The form that asks which closed claim to take, and what the gold claim begins with where one is chosen."""
    rows = settled_claims(request.user, membership.project)
    form = SettledForm(request.GET if "claim" in request.GET else None, claims=list(rows[:LISTED]))
    if not form.is_bound or not form.is_valid():
        return form, {}
    return form, as_gold(rows.select_related("article", "project__codebook").get(pk=form.cleaned_data["claim"]))


def _managing(request: PageRequest, slug: str) -> Membership:
    membership = membership_in(request.user, slug)
    require_member(membership, Action.EDIT_PROJECT)
    return membership


def _rules(membership: Membership) -> list[dict[str, str]]:
    codebook = membership.project.codebook
    return list(codebook.rules) if codebook else []


def _pieces(claim: GoldClaim | None) -> tuple[str, str, str] | None:
    """The passage before the claim, the claim, the passage after it."""
    return (claim.text[: claim.start], claim.exact, claim.text[claim.end :]) if claim else None
