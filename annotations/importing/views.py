"""Pages of bringing in what another tool made: sent, looked at, and only then brought in."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.requests import PageRequest
from annotations.errors import WorkbenchError, WrongState
from annotations.importing import services
from annotations.importing.formats import NAMES
from annotations.importing.forms import FileForm
from annotations.importing.queries import content_of, import_for
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

NEW = "annotations/importing/new.html"
AT_FORM = {"format": "form"}  # what the API calls a field, and the page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def outside_new(request: PageRequest, slug: str) -> HttpResponse:
    """Send a file; what it would make is the next page."""
    membership = services.importer(request.user, slug)
    context: dict[str, Any] = {
        "membership": membership,
        "section": "articles",
        "most": services.MOST_BYTES // 1_000_000,
    }
    if request.method != "POST":
        return form_page(request, NEW, FileForm(), **context)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_page(request, NEW, form, **context)
    file = form.cleaned_data["file"]
    try:
        kept = services.keep_file(
            request.user, slug=slug, content=file.chunks(), name=file.name or "", form=form.cleaned_data["form"]
        )
    except WorkbenchError as error:
        error.errors = {AT_FORM.get(name, name): sentences for name, sentences in error.errors.items()}
        return form_page(request, NEW, form, status=refuse(form, error), **context)
    return redirect("outside", kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def outside(request: PageRequest, id: UUID) -> HttpResponse:
    """What a kept file would make; sent, it is brought in."""
    found = import_for(request.user, id)
    without = request.POST.getlist("without")
    if request.method == "POST":
        return redirect("job", services.begin(request.user, import_id=id, names=dict.fromkeys(without)).pk)
    context: dict[str, Any] = {
        "membership": membership_in(request.user, found.project.slug),
        "section": "articles",
        "found": found,
        "form_name": NAMES[found.form],
    }
    if found.job_id is None:
        try:
            how: dict[str, Any] = {"form": found.form, "unit": found.unit, "names": found.names}
            context["told"] = services.preview(request.user, found.project, content_of(found), **how)
        except WorkbenchError as error:
            context["refused"] = error.detail
        except FileNotFoundError:
            raise WrongState(_("The stored copy of this file is missing. Send it again.")) from None
    return render(request, "annotations/importing/look.html", context)
