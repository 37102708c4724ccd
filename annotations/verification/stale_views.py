"""Pages of what is in doubt: claims whose sources changed or died, and the log of corrections."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.accounts.requests import PageRequest
from annotations.articles.differences import changes
from annotations.projects.queries import membership_in
from annotations.verification.corrections import corrections
from annotations.verification.queries import stale_mark_for, visible_stale_marks

A_PAGE = 50


@require_safe
@login_required
def stale(request: PageRequest, slug: str) -> HttpResponse:
    """The claims whose verdicts wait for somebody to look at them again, oldest first."""
    membership = membership_in(request.user, slug)
    rows = visible_stale_marks(request.user, membership.project).filter(cleared_at=None)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"membership": membership, "section": "checking", "page": page}
    return render(request, "annotations/verification/stale.html", context)


@require_safe
@login_required
def stale_mark(request: PageRequest, id: UUID) -> HttpResponse:
    """What has changed in a source, and the claim that rests on it."""
    mark = stale_mark_for(request.user, id)
    compared = mark.before and mark.after and mark.after.text
    context = {
        "membership": membership_in(request.user, mark.claim.project.slug),
        "section": "checking",
        "mark": mark,
        "claim": mark.claim,
        "changes": changes(mark.before.text, mark.after.text) if compared and mark.before and mark.after else [],
        "quotes": [piece.quote for piece in mark.claim.evidence.filter(source=mark.source).exclude(quote="")],
    }
    return render(request, "annotations/verification/stale_mark.html", context)


@require_safe
@login_required
def corrections_log(request: PageRequest, slug: str) -> HttpResponse:
    """What was challenged, found stale, corrected, withdrawn or reopened, with the reasons, newest first."""
    membership = membership_in(request.user, slug)
    page = Paginator(corrections(request.user, membership.project), A_PAGE).get_page(request.GET.get("page"))
    context = {"membership": membership, "section": "checking", "page": page}
    return render(request, "annotations/verification/corrections.html", context)
