"""Pages of importing an article and editing its units. Each action is a plain form; the editor's keys do the same."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.articles.queries import article_for, unresolved
from annotations.claims import opening, services
from annotations.claims.editing import UNDO, editor
from annotations.claims.forms import AddForm, DocumentForm, ImportForm, PropositionForm, SpanForm, SplitForm
from annotations.claims.models import Claim
from annotations.claims.queries import claim_for, claims_in
from annotations.errors import InvalidInput, StaleVersion, WorkbenchError, WrongState
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.web.forms import form_page, refuse

NEW = "annotations/claims/article_new.html"

Form = TypeVar("Form", bound=forms.Form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def article_new(request: PageRequest, slug: str) -> HttpResponse:
    """Paste or upload a text; its units are proposed, and the editor opens."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.EDIT_ARTICLES)
    context: dict[str, Any] = {"membership": membership, "section": "articles", "unresolved": unresolved(Article())}
    context["document_form"] = DocumentForm(auto_id="import_%s")
    if request.method != "POST":
        return form_page(request, NEW, ImportForm(), **context)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_page(request, NEW, form, **context)
    text = form.cleaned_data["text"]
    try:
        article = services.import_and_propose(
            request.user, slug=slug, text=text, segment=len(text) <= services.LONGEST_SEGMENTED, **form.provenance()
        )
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, NEW, form, status=status, first=error.extra.get("first"), **context)
    count = claims_in(request.user, article.pk).count()
    told = ngettext("Stored, with %(n)d proposed unit.", "Stored, with %(n)d proposed units.", count)
    messages.success(request, told % {"n": count})
    return redirect("article", article.pk)


@require_POST
@login_required
def claim_add(request: PageRequest, id: UUID) -> HttpResponse:
    """Add a unit to a draft, or a missed claim to an opened article."""
    article = article_for(request.user, id)
    require(article.role, Action.EDIT_UNITS)

    def add() -> Claim:
        wanted = _valid(AddForm(request.POST)).wanted()
        if not wanted.get("exact", "-"):
            raise InvalidInput.field("exact", _("Say which words the unit has: copy them from the text."))
        return services.add_claims(request.user, article_id=id, wanted=[wanted])[0]

    if article.status != Article.Status.DRAFT:
        claim = add()
        messages.success(request, _("The missed claim was added. It is open for labelling."))
        return redirect(f"{reverse('article', args=[id])}?claim={claim.pk}")
    return _edited(request, id, add)


@require_POST
@login_required
def claim_merge(request: PageRequest, id: UUID) -> HttpResponse:
    """Make one unit of those ticked."""

    def merge() -> Claim:
        try:
            ids = [UUID(each) for each in request.POST.getlist("claims")]
        except ValueError:
            raise InvalidInput.field("claims", _("Tick at least two units.")) from None
        return services.merge_claims(request.user, article_id=id, claim_ids=ids)

    return _edited(request, id, merge)


@require_POST
@login_required
def claim_split(request: PageRequest, id: UUID) -> HttpResponse:
    """Make two units of one."""

    def split() -> Claim:
        data = _valid(SplitForm(request.POST)).cleaned_data
        return services.split_claim(request.user, claim_id=id, at=data["at"], version=data["version"])[0]

    return _edited(request, claim_for(request.user, id).article_id, split)


@require_POST
@login_required
def claim_span(request: PageRequest, id: UUID) -> HttpResponse:
    """Trim or extend a unit."""

    def resize() -> Claim:
        return services.resize_claim(request.user, claim_id=id, **_valid(SpanForm(request.POST)).cleaned_data)

    return _edited(request, claim_for(request.user, id).article_id, resize)


@require_POST
@login_required
def claim_proposition(request: PageRequest, id: UUID) -> HttpResponse:
    """Write what a unit claims in one sentence of its own."""

    def write() -> Claim:
        return services.write_proposition(
            request.user, claim_id=id, **_valid(PropositionForm(request.POST)).cleaned_data
        )

    return _edited(request, claim_for(request.user, id).article_id, write)


@require_POST
@login_required
def claim_dismiss(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a unit away; the next page offers it back."""
    claim = claim_for(request.user, id)

    def dismiss() -> Claim | None:
        following = claims_in(request.user, claim.article_id).filter(start__gte=claim.start).exclude(pk=id).first()
        services.dismiss_claim(request.user, claim_id=id)
        kept = {"article": str(claim.article_id), "start": claim.start, "end": claim.end, "kind": claim.kind}
        request.session[UNDO] = {**kept, "exact": claim.exact, "proposition": claim.proposition}
        return following

    return _edited(request, claim.article_id, dismiss)


@require_POST
@login_required
def article_open(request: PageRequest, id: UUID) -> HttpResponse:
    """Lock the units and begin labelling."""
    try:
        opening.open_article(request.user, article_id=id)
    except WrongState as error:
        return _again(request, id, error)
    messages.success(request, _("Labelling has begun. The units and their quotes are fixed from now on."))
    return redirect("article", id)


def _edited(request: PageRequest, article_id: UUID, act: Callable[[], Claim | None]) -> HttpResponse:
    """Carry out an edit and go back to the editor at what came of it; a refusal is told there, with what was typed."""
    try:
        unit = act()
    except (InvalidInput, WrongState, StaleVersion) as error:
        return _again(request, article_id, error)
    return redirect(f"{reverse('article', args=[article_id])}" + (f"?unit={unit.pk}#unit-{unit.pk}" if unit else ""))


def _again(request: PageRequest, article_id: UUID, error: WorkbenchError) -> HttpResponse:
    article = article_for(request.user, article_id)
    if article.status != Article.Status.DRAFT:
        raise error
    return editor(request, article, membership_in(request.user, article.project.slug), refused=error)


def _valid(form: Form) -> Form:
    if not form.is_valid():
        raise InvalidInput(
            _("Something in this form is missing or is no number."),
            errors={name: list(map(str, sentences)) for name, sentences in form.errors.items()},
        )
    return form
