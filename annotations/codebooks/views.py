"""Pages of codebooks, and of beginning a project, which begins with one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.requests import PageRequest
from annotations.codebooks import services
from annotations.codebooks.forms import CodebookForm, ProjectForm
from annotations.codebooks.queries import codebooks_of
from annotations.errors import NotVisible, WorkbenchError
from annotations.projects.access import Action, require_member
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

WRITE = "annotations/codebooks/write.html"
NEW_PROJECT = "annotations/codebooks/project_new.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_new(request: PageRequest) -> HttpResponse:
    """Begin a project and become its manager."""
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, NEW_PROJECT, form)
    try:
        membership = services.start_project(request.user, **form.cleaned_data)
    except WorkbenchError as error:
        return form_page(request, NEW_PROJECT, form, status=refuse(form, error))
    messages.success(request, _("%(name)s is ready. It began with a codebook.") % {"name": membership.project.name})
    return redirect("project", membership.project.slug)


@require_safe
@login_required
def codebook(request: PageRequest, slug: str) -> HttpResponse:
    """The guidelines in force, or an earlier version by `?version=`."""
    membership = membership_in(request.user, slug)
    versions = codebooks_of(membership.project)
    wanted = request.GET.get("version")
    shown = versions.filter(version=wanted).first() if wanted else membership.project.codebook
    if wanted and shown is None:
        raise NotVisible
    context = {"membership": membership, "codebook": shown, "versions": versions, "section": "codebook"}
    return render(request, "annotations/codebooks/codebook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def codebook_new(request: PageRequest, slug: str) -> HttpResponse:
    """Write a new version, which is in force from then on."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.EDIT_CODEBOOK)
    context: dict[str, Any] = {"membership": membership, "section": "codebook"}
    if request.method != "POST":
        return form_page(request, WRITE, CodebookForm.beginning_from(membership.project.codebook), **context)
    form = CodebookForm(request.POST)
    if not form.is_valid():
        return form_page(request, WRITE, form, **context)
    try:
        written = services.write_codebook(request.user, slug=slug, **form.cleaned_data)
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, WRITE, form, status=status, **context)
    messages.success(request, _("Version %(version)s is in force from now on.") % {"version": written.version})
    return redirect("codebook", slug)
