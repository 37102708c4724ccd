"""Pages of disagreements: the queue, and the decision of one claim."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.requests import PageRequest
from annotations.adjudication import services
from annotations.adjudication.comparing import compare, places
from annotations.adjudication.forms import SETTLING, SOURCE_NAME, DecisionForm
from annotations.adjudication.queries import (
    around,
    has_labelled,
    is_waiting,
    labelled_by,
    labels_given,
    next_to_decide,
    side_by_side,
    to_decide,
)
from annotations.articles.queries import excerpts, visible_articles
from annotations.claims.models import Claim, LabelValue
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, NotPermitted, WorkbenchError
from annotations.projects.access import Action, may, require
from annotations.projects.queries import membership_in
from annotations.web.forms import refuse

A_PAGE = 50
DECIDE = "annotations/adjudication/decide.html"


@require_safe
@login_required
def disputes(request: PageRequest, slug: str) -> HttpResponse:
    """Claims that wait for a decision, in the order of articles and text."""
    membership = membership_in(request.user, slug)
    waiting = to_decide(request.user, membership.project).defer("article__text")
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    decides = may(membership.role, Action.DECIDE)
    barred = labelled_by(request.user, page.object_list) if decides and membership.project.four_eyes else set()
    given = labels_given(request.user, page.object_list)
    context = {
        "membership": membership,
        "section": "disputes",
        "page": page,
        "rows": [(claim, given.get(claim.pk, []), claim.pk in barred) for claim in page],
        "decides": decides,
        "first": next_to_decide(request.user, membership.project) if decides else None,
    }
    return render(request, "annotations/adjudication/disputes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_decide(request: PageRequest, id: UUID) -> HttpResponse:
    """One claim with its labels side by side, and the decision; after it the next claim that waits."""
    claim = claim_for(request.user, id)
    require(claim.role, Action.DECIDE)
    if not is_waiting(claim):
        if request.method == "POST":
            raise services.nothing_to_decide(claim)
        return redirect("claim", id)
    if request.method != "POST":
        return _decide_page(request, claim, DecisionForm(claim=claim))
    if "as" in request.POST:
        return _decide_page(request, claim, _as_said(request, claim))
    form = DecisionForm(request.POST, claim=claim)
    if not form.is_valid():
        return _decide_page(request, claim, form, status=400)
    following = next_to_decide(request.user, claim.project, after=claim)
    try:
        decision = services.decide(request.user, claim_id=id, **form.decision())
    except (InvalidInput, NotPermitted) as error:
        _name_fields(error)
        return _decide_page(request, claim, form, status=refuse(form, error))
    messages.success(request, _("Decided: %(label)s.") % {"label": SETTLING[LabelValue(decision.label)][2]})
    return redirect("claim-decide", following) if following else redirect("disputes", claim.project.slug)


def _as_said(request: PageRequest, claim: Claim) -> DecisionForm:
    """The form as typed so far, with label, content kind and attribution as one of the reviewers has them."""
    columns = dict(side_by_side(request.user, claim))
    revision = columns.get(request.POST["as"])
    typed = {"reason": request.POST.get("reason", "")}
    return DecisionForm(claim=claim, initial={**typed, **(DecisionForm.said(revision) if revision else {})})


def _name_fields(error: WorkbenchError) -> None:
    """Errors of the attribution belong to its first field."""
    if "attribution" in error.errors:
        error.errors[SOURCE_NAME] = error.errors.pop("attribution")


def _decide_page(request: PageRequest, claim: Claim, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    columns = side_by_side(request.user, claim)
    said = [revision for _name, revision in columns]
    context: dict[str, Any] = {
        "membership": membership_in(request.user, claim.project.slug),
        "section": "disputes",
        "claim": claim,
        "article": visible_articles(request.user).defer("text").get(pk=claim.article_id),
        "around": around(claim),
        "names": [name for name, _revision in columns],
        "rows": compare(said, excerpts(claim.article_id, places(said))),
        "form": form,
        "labels": SETTLING,
        "barred": claim.project.four_eyes and has_labelled(request.user, claim),
        "following": next_to_decide(request.user, claim.project, after=claim),
    }
    return render(request, DECIDE, context, status=status)
