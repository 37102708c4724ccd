"""Pages of sources and their snapshots: how they stand, their text, and reading it beside a claim."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.adjudication.queries import around
from annotations.articles.queries import visible_articles
from annotations.claims.models import Claim
from annotations.claims.queries import claim_for
from annotations.errors import NotVisible, WorkbenchError
from annotations.projects.access import Action, may, require
from annotations.projects.queries import membership_in
from annotations.snapshots.models import Attestation, Snapshot
from annotations.verification import services
from annotations.verification.captures import capture
from annotations.verification.forms import BesideForm, ReadForm, UploadForm
from annotations.verification.keeping import attest_again, read_beside, take_snapshot, upload_snapshot
from annotations.verification.panels import evidence_aspects, may_add_evidence
from annotations.verification.parts import visible_parts
from annotations.verification.queries import snapshot_for, source_and_role, visible_snapshots
from annotations.verification.reading import source_context, text_context
from annotations.verification.reuse import say_likeness
from annotations.web.forms import refuse

A_PAGE = 50


@require_safe
@login_required
def source(request: PageRequest, id: UUID) -> HttpResponse:
    """A source with its snapshots; the bar moves by itself while one is being fetched."""
    found, _role = source_and_role(request.user, id)
    context = source_context(request.user, found) | {"upload_form": UploadForm(auto_id="upload_%s")}
    return render(request, "annotations/verification/source.html", context)


@require_POST
@login_required
def snapshot_take(request: PageRequest, id: UUID) -> HttpResponse:
    """Have a source fetched again."""
    require(source_and_role(request.user, id)[1], Action.ADD_SOURCE)
    take_snapshot(request.user, source_id=id)
    return redirect("source", id)


@require_POST
@login_required
def snapshot_upload(request: PageRequest, id: UUID) -> HttpResponse:
    """Upload a document as a snapshot."""
    found, role = source_and_role(request.user, id)
    require(role, Action.ADD_SOURCE)
    form, status = UploadForm(request.POST, request.FILES, auto_id="upload_%s"), 400
    if form.is_valid():
        file = form.cleaned_data["file"]
        about = {"name": file.name or "", "media_type": file.content_type or ""}
        try:
            upload_snapshot(request.user, source_id=id, content=file.chunks(), **about)
        except WorkbenchError as error:
            status = refuse(form, error)
        else:
            messages.success(request, _("The document is kept."))
            return redirect("source", id)
    context = source_context(request.user, found) | {"upload_form": form}
    return render(request, "annotations/verification/source.html", context, status=status)


@require_safe
@login_required
def snapshot(request: PageRequest, id: UUID) -> HttpResponse:
    """What was received at one time: its text, and how it came."""
    found = snapshot_for(request.user, id)
    membership = membership_in(request.user, found.project.slug)
    context = {"membership": membership, "section": "sources", **text_context(found)}
    vouched = list(found.attestations.order_by("asked_at", "id"))
    failed = any(each.state == Attestation.State.FAILED for each in vouched)
    context |= {"attestations": vouched, "asks": failed and may(membership.role, Action.ADD_SOURCE)}
    return render(request, "annotations/verification/snapshot.html", context)


@require_safe
@login_required
def snapshot_capture(request: PageRequest, id: UUID, form: str) -> StreamingHttpResponse:
    """The bytes of a snapshot, as a download."""
    return capture(snapshot_for(request.user, id), form)


@require_POST
@login_required
def snapshot_attest(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask again those who vouch for a snapshot and could not."""
    attest_again(request.user, snapshot_id=id)
    return redirect("snapshot", id)


@require_safe
@login_required
def failures(request: PageRequest, slug: str) -> HttpResponse:
    """What could not be fetched, and why, newest first."""
    membership = membership_in(request.user, slug)
    rows = visible_snapshots(request.user, membership.project).defer("text", "hops")
    wrong = rows.filter(state__in=[Snapshot.State.REFUSED, Snapshot.State.FAILED])
    page = Paginator(wrong, A_PAGE).get_page(request.GET.get("page"))
    context = {"membership": membership, "section": "sources", "page": page}
    return render(request, "annotations/verification/failures.html", context)


@require_http_methods(["POST"])
@login_required
def read_begin(request: PageRequest, id: UUID) -> HttpResponse:
    """Have a page fetched, to read it beside the claim."""
    claim = claim_for(request.user, id)
    require(claim.role, Action.ADD_SOURCE)
    form = ReadForm(request.POST)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(each) for each in sentences))
        return redirect("claim", id)
    found = read_beside(request.user, claim_id=id, url=form.cleaned_data["url"])
    return redirect("claim-read", id, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def read(request: PageRequest, id: UUID, source_id: UUID) -> HttpResponse:
    """The claim on the left, the newest text of the source on the right; what is selected there is the exact quote."""
    claim = claim_for(request.user, id)
    found, _role = source_and_role(request.user, source_id)
    if found.project_id != claim.project_id:
        raise NotVisible
    form, status = beside_form(request, claim), 200
    if request.method == "POST":
        require(claim.role, Action.ADD_SOURCE)
        form, status = beside_form(request, claim, request.POST), 400
        if form.is_valid():
            try:
                evidence = services.add_evidence(request.user, claim_id=id, source_id=source_id, **form.evidence())
            except WorkbenchError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The evidence is added."))
                return redirect(f"/claims/{id}/#{evidence.aspect}")
    return render(request, "annotations/verification/beside.html", _beside(request, claim, found, form), status=status)


@require_POST
@login_required
def likeness(request: PageRequest, id: UUID) -> HttpResponse:
    """Link a claim that was checked and says the same, or dismiss one that does not."""
    require(claim_for(request.user, id).role, Action.PROPOSE_VERDICT)
    try:
        other = UUID(request.POST.get("other", ""))
    except ValueError:
        raise NotVisible from None
    said = say_likeness(request.user, claim_id=id, other_id=other, same=bool(request.POST.get("same")))
    messages.success(request, _("Linked.") if said.same else _("It is not offered any more."))
    return redirect("claim", id)


def beside_form(request: PageRequest, claim: Claim, data: Any = None) -> BesideForm:
    """The form of evidence beside a text; a link from a part names it as `about`."""
    parts = list(visible_parts(request.user).filter(claim=claim))
    named = {"aspect": request.GET.get("about")}
    return BesideForm(data, aspects=evidence_aspects(claim), parts=parts, initial=named, auto_id="evidence_%s")


def _beside(request: PageRequest, claim: Claim, found: Any, form: BesideForm) -> dict[str, Any]:
    context = source_context(request.user, found)
    newest = context["readable"]
    if newest:
        context |= text_context(snapshot_for(request.user, newest.pk))
    return context | {
        "claim": claim,
        "article": visible_articles(request.user).defer("text").get(pk=claim.article_id),
        "around": around(claim),
        "form": form if may_add_evidence(claim) else None,
        "section": "checking",
    }
