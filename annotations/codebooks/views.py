"""Pages of codebooks, and of beginning a project, which begins with one. A new version is written in `adjudication`,
because its page shows what it asks to look at again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.accounts.requests import PageRequest
from annotations.codebooks import services
from annotations.codebooks.forms import ProjectForm
from annotations.codebooks.queries import codebooks_of
from annotations.errors import NotVisible, WorkbenchError
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

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
