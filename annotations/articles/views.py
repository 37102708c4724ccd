"""Pages where an article's provenance is completed and a draft is discarded.

What the article's own page shows depends on how far it is.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.requests import PageRequest
from annotations.articles.forms import ProvenanceEdit
from annotations.articles.page import article_context
from annotations.articles.queries import article_for, name_of
from annotations.articles.services import PROVENANCE, complete_provenance, discard_article, refuse_opened
from annotations.errors import StaleVersion, WorkbenchError
from annotations.projects.access import Action, require
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

PAGE = "annotations/articles/provenance.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def provenance(request: PageRequest, id: UUID) -> HttpResponse:
    """Title, address, publisher, author, date, language. A stale save shows what is stored beside what was typed."""
    article = article_for(request.user, id)
    require(article.role, Action.EDIT_ARTICLES)
    context: dict[str, Any] = {"membership": membership_in(request.user, article.project.slug)}
    context |= article_context(article, ())
    if request.method != "POST":
        return form_page(request, PAGE, ProvenanceEdit.of(article), **context)
    form = ProvenanceEdit(request.POST, language=article.language)
    if not form.is_valid():
        return form_page(request, PAGE, form, **context)
    typed = form.provenance()
    try:
        complete_provenance(request.user, article_id=id, changes=typed, version=form.cleaned_data["version"])
    except StaleVersion as error:
        again = ProvenanceEdit(initial={**typed, "version": article.version}, language=article.language)
        differing = [name for name in PROVENANCE if getattr(article, name) != typed[name]]
        context["conflict"] = [(form[name].label, getattr(article, name), typed[name]) for name in differing]
        return form_page(request, PAGE, again, status=error.status, detail=error.detail, **context)
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, PAGE, form, status=status, **context)
    messages.success(request, _("Saved."))
    return redirect("article", id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask by the article's name whether a draft is to go, and let it go."""
    article = article_for(request.user, id)
    require(article.role, Action.EDIT_ARTICLES)
    refuse_opened(article)
    if request.method == "POST":
        discard_article(request.user, article_id=id)
        messages.success(request, _("The draft is discarded; the log keeps that it was there."))
        return redirect("articles", article.project.slug)
    context = {
        "membership": membership_in(request.user, article.project.slug),
        "section": "articles",
        "article": article,
        "name": name_of(article),
        "units": article.claims.count(),
    }
    return render(request, "annotations/articles/discard.html", context)
