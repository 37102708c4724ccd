"""Pages of importing by address and as a document: what was read is looked at before it is stored."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.articles.differences import changes
from annotations.articles.languages import detect_language
from annotations.articles.models import Article
from annotations.articles.queries import article_for, name_of, unresolved
from annotations.claims.forms import DocumentForm, PreviewForm
from annotations.claims.importing import (
    TOLD,
    fetch_again,
    import_document,
    import_for,
    import_snapshot,
    import_url,
    left_behind,
    version_before,
)
from annotations.claims.queries import claims_in
from annotations.errors import WorkbenchError
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.snapshots.models import Snapshot
from annotations.web.forms import form_page, refuse

PAGE = "annotations/claims/import.html"


@require_POST
@login_required
def import_begin(request: PageRequest, slug: str) -> HttpResponse:
    """Fetch an address, or take a document."""
    require_member(membership_in(request.user, slug), Action.EDIT_ARTICLES)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for sentences in form.errors.values() for each in sentences))
        return redirect("article-new", slug)
    file = form.cleaned_data["document"]
    try:
        if file:
            about: dict[str, Any] = {"name": file.name or "", "media_type": file.content_type or "", "preview": True}
            snapshot = import_document(request.user, slug=slug, content=file.chunks(), **about)
        else:
            snapshot = import_url(request.user, slug=slug, url=form.cleaned_data["address"], preview=True)
    except WorkbenchError as error:
        messages.error(request, error.detail)
        return redirect("article-new", slug)
    return redirect("import", snapshot.pk)


@require_POST
@login_required
def article_fetch(request: PageRequest, id: UUID) -> HttpResponse:
    """Have the address of an article fetched again."""
    require(article_for(request.user, id).role, Action.EDIT_ARTICLES)
    return redirect("import", fetch_again(request.user, article_id=id).pk)


@require_safe
@login_required
def article_carried(request: PageRequest, id: UUID) -> HttpResponse:
    """What has changed since the version before, and its claims that a person has to place."""
    article = article_for(request.user, id)
    require(article.role, Action.EDIT_ARTICLES)
    before = article.previous
    context = {
        "membership": membership_in(request.user, article.project.slug),
        "section": "articles",
        "article": article,
        "name": name_of(article),
        "left": left_behind(article),
        "changes": changes(before.text, article.text) if before else [],
    }
    return render(request, "annotations/claims/carried.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_preview(request: PageRequest, id: UUID) -> HttpResponse:
    """What was read, to be mended; sent, it becomes an article."""
    snapshot = import_for(request.user, id)
    membership = membership_in(request.user, snapshot.project.slug)
    context: dict[str, Any] = {
        "membership": membership,
        "section": "articles",
        "snapshot": snapshot,
        "waits": snapshot.state in Snapshot.WAITING,
        "articles": list(snapshot.articles.order_by("created_at")[:5]),
        "unresolved": unresolved(Article()),
        "previous": (before := version_before(snapshot)),
        "changes": changes(before.text, snapshot.text) if before else [],
    }
    if request.method != "POST":
        return form_page(request, PAGE, _preview_form(snapshot), **context)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return form_page(request, PAGE, form, **context)
    try:
        article = import_snapshot(request.user, snapshot, text=form.cleaned_data["text"], **form.provenance())
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, PAGE, form, status=status, first=error.extra.get("first"), **context)
    if article.previous_id:
        messages.success(request, _("Stored as a newer text. Claims whose words stand in it exactly were taken along."))
        return redirect("article-carried", article.pk)
    count = claims_in(request.user, article.pk).count()
    told = ngettext("Stored, with %(n)d proposed unit.", "Stored, with %(n)d proposed units.", count)
    messages.success(request, told % {"n": count})
    return redirect("article", article.pk)


def _preview_form(snapshot: Snapshot) -> PreviewForm:
    told = {name: getattr(snapshot, name) for name in TOLD}
    language = detect_language(snapshot.text) if snapshot.text else ""
    return PreviewForm(
        initial={**told, "url": snapshot.final_url or snapshot.url, "text": snapshot.text, "language": language}
    )
