"""Pages of checking: a claim with all that is known of it, the list of claims to check, the sources."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.requests import PageRequest
from annotations.claims.queries import claim_for
from annotations.errors import WorkbenchError
from annotations.projects.access import Action, may, require_member
from annotations.projects.queries import membership_in
from annotations.verification.checking import (
    DONE,
    WAITING,
    evidence_counts,
    in_order,
    is_overdue,
    narrowed,
    planned,
    standing,
    to_check,
)
from annotations.verification.checks import shown_aspects
from annotations.verification.claim_page import claim_page
from annotations.verification.forms import CheckingFilter, PlanFilter, SourceFilter, SourceForm
from annotations.verification.queries import visible_evidence, visible_sources
from annotations.verification.sourcing import add_source
from annotations.web.forms import refuse

A_PAGE = 50
SOURCE_SORTS = {"title": "title", "publisher": "publisher", "added": "created_at"}


@require_safe
@login_required
def claim(request: PageRequest, id: UUID) -> HttpResponse:
    """A claim in its text, its label, evidence, verdicts, moves and history, as far as I may know."""
    return claim_page(request, claim_for(request.user, id))


@require_safe
@login_required
def checking(request: PageRequest, slug: str) -> HttpResponse:
    """The claims to check: by status, aspect and words, sorted by the address; and how the project stands."""
    membership = membership_in(request.user, slug)
    filter, plan_filter = CheckingFilter(request.GET), PlanFilter(request.GET)
    rows, sort = to_check(request.user, membership.project), request.GET.get("sort", "text")
    valid = filter.is_valid() and plan_filter.is_valid()
    if valid:
        rows = planned(narrowed(rows, **filter.cleaned_data), request.user, **plan_filter.cleaned_data)
    else:
        rows = rows.none()
    counts = standing(request.user, membership.project)
    pages = Paginator(in_order(rows, sort), A_PAGE)
    if valid and not any([*filter.cleaned_data.values(), *plan_filter.cleaned_data.values()]):
        pages.count = sum(counts.values())  # all of them, which were counted already
    page = pages.get_page(request.GET.get("page"))
    context = {
        "membership": membership,
        "section": "checking",
        "filter": filter,
        "plan_filter": plan_filter,
        "page": page,
        "rows": [(each, shown_aspects(each), is_overdue(each, getattr(each, "plan", None))) for each in page],
        "sort": sort,
        "counts": counts,
        "total": sum(counts.values()),
        "waiting": sum(counts.get(status, 0) for status in WAITING),
        "done": sum(counts.get(status, 0) for status in DONE),
    }
    return render(request, "annotations/verification/checking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sources(request: PageRequest, slug: str) -> HttpResponse:
    """The project's sources as far as I may know of them; members who may add one here."""
    membership = membership_in(request.user, slug)
    form, status = SourceForm(), 200
    if request.method == "POST":
        require_member(membership, Action.ADD_SOURCE)
        form, status = SourceForm(request.POST), 400
        if form.is_valid():
            try:
                added = add_source(request.user, slug=slug, **form.cleaned_data)
            except WorkbenchError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The source is added."))
                return redirect("source", added.pk)
    context = _sources(request, slug) | {
        "membership": membership,
        "section": "sources",
        "form": form,
        "adds": may(membership.role, Action.ADD_SOURCE),
    }
    return render(request, "annotations/verification/sources.html", context, status=status)


def _sources(request: PageRequest, slug: str) -> dict[str, Any]:
    """The sources that the address asks for, with how many visible pieces of evidence each has."""
    project = membership_in(request.user, slug).project
    filter, sort = SourceFilter(request.GET), request.GET.get("sort", "-added")
    rows = visible_sources(request.user, project)
    q = filter.cleaned_data["q"].strip() if filter.is_valid() else ""
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(url__icontains=q) | Q(publisher__icontains=q))
    order = SOURCE_SORTS.get(sort.removeprefix("-"), "created_at")
    page = Paginator(rows.order_by(f"-{order}" if sort.startswith("-") else order, "id"), A_PAGE).get_page(
        request.GET.get("page")
    )
    used = evidence_counts(visible_evidence(request.user).filter(source__in=[source.pk for source in page]))
    return {
        "filter": filter,
        "q": q,
        "sort": sort,
        "page": page,
        "rows": [(each, used.get(each.pk, 0)) for each in page],
    }
