"""Pages of a new version of the codebook: what it asks to look at again, before and after it is in force."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.adjudication import services
from annotations.adjudication.queries import labelled_by
from annotations.adjudication.second_looks import preview, waiting
from annotations.claims.queries import claim_for
from annotations.claims.wording import LABEL_WORDS
from annotations.codebooks.forms import CodebookForm
from annotations.codebooks.services import write_codebook
from annotations.errors import WorkbenchError
from annotations.projects.access import Action, may, require, require_member
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

WRITE = "annotations/codebooks/write.html"
A_PAGE = 50
PREVIEWED = 50  # claims that are named before a version is in force


class NewVersionForm(CodebookForm):
    """A new version, and the labels that its new rules ask to look at again."""

    again = forms.MultipleChoiceField(
        label=gettext_lazy("New rules ask to look again at"),
        required=False,
        choices=list(LABEL_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Labels that name a changed or vanished rule are asked for anyway."),
    )


class KeepForm(forms.Form):
    """Why a label stays, where somebody wants to say so."""

    reason = forms.CharField(max_length=5000, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def codebook_new(request: PageRequest, slug: str) -> HttpResponse:
    """Write a new version: first what it asks to look at again, then it is in force."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.EDIT_CODEBOOK)
    context: dict[str, Any] = {"membership": membership, "section": "codebook"}
    if request.method != "POST":
        return form_page(request, WRITE, NewVersionForm.beginning_from(membership.project.codebook), **context)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        return form_page(request, WRITE, form, **context)
    if "preview" in request.POST:
        rules, again = form.cleaned_data["rules"], form.cleaned_data["again"]
        seen = preview(request.user, membership.project, rules=rules, again=again)
        total = seen.claims.count()
        context |= {"preview": seen, "total": total, "named": seen.claims[:PREVIEWED]}
        return form_page(request, WRITE, form, **context)
    try:
        written = write_codebook(request.user, slug=slug, **form.cleaned_data)
    except WorkbenchError as error:
        return form_page(request, WRITE, form, status=refuse(form, error), **context)
    messages.success(request, _("Version %(version)s is in force from now on.") % {"version": written.version})
    return redirect("codebook", slug)


@require_safe
@login_required
def second_looks(request: PageRequest, slug: str) -> HttpResponse:
    """The claims that the version in force asks to look at again and nobody has yet."""
    membership = membership_in(request.user, slug)
    asked, claims = waiting(request.user, membership.project)
    page = Paginator(claims, A_PAGE).get_page(request.GET.get("page"))
    reasons = asked.of([claim.pk for claim in page])
    decides = may(membership.role, Action.DECIDE)
    barred = labelled_by(request.user, page.object_list) if decides and membership.project.four_eyes else set()
    context = {
        "membership": membership,
        "section": "codebook",
        "page": page,
        "rows": [(claim, reasons[claim.pk], claim.pk in barred) for claim in page],
        "decides": decides,
        "counts": asked.counts,
    }
    return render(request, "annotations/adjudication/second_looks.html", context)


@require_POST
@login_required
def claim_stays(request: PageRequest, id: UUID) -> HttpResponse:
    """Say that the label of a claim stays under the version in force; back to the list."""
    claim = claim_for(request.user, id)
    require(claim.role, Action.DECIDE)
    form = KeepForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    services.keep_label(request.user, claim_id=id, reason=reason)
    messages.success(request, _("The label stays; the log says so."))
    return redirect("second-looks", claim.project.slug)
