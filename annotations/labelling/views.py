"""Pages of articles as the people who label see them: the list, the article at each stage, my label, my queue."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.models import User
from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.articles.page import article_context
from annotations.articles.queries import article_for
from annotations.articles.wording import ARTICLE_STATUS_WORDS
from annotations.claims.editing import editor
from annotations.claims.forms import AddForm
from annotations.claims.models import Status
from annotations.claims.queries import claim_for
from annotations.claims.wording import ABSTAINING, CONTENT_KINDS, LABELS
from annotations.errors import WorkbenchError, WrongState
from annotations.labelling import services
from annotations.labelling.forms import LabelForm
from annotations.labelling.gate import needs_training
from annotations.labelling.names import names
from annotations.labelling.overviews import columns, listed, queued, sorted_articles
from annotations.labelling.queries import article_progress, my_label
from annotations.labelling.reading import Filters, reading_context
from annotations.labelling.room import ON_A_STRIP, Seat, chosen, following, my_share, room_data, seats
from annotations.labelling.taking import renew_lease, take_next
from annotations.labelling.wording import PLACES
from annotations.projects.access import LADDER, Action, may, require
from annotations.projects.models import Distribution, Membership, Role
from annotations.projects.queries import membership_in
from annotations.web.forms import refuse
from annotations.web.windows import window_at

PER_PAGE = 100
QUEUED = 300  # claims of the queue that are shown; nobody labels more in a day


@require_safe
@login_required
def articles(request: PageRequest, slug: str) -> HttpResponse:
    """The project's articles; filtered, sorted and paged by the address."""
    membership = membership_in(request.user, slug)
    status, sort = request.GET.get("status", ""), request.GET.get("sort", "added")
    rows = sorted_articles(request.user, membership.project, status, sort)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    labels = may(membership.role, Action.LABEL)
    context = {"membership": membership, "section": "articles", "page": page, "sort": sort, "status": status}
    context |= {"statuses": ARTICLE_STATUS_WORDS.items(), "labels": labels, "columns": columns(sort, labels=labels)}
    context |= {"articles": listed(request.user, list(page), labels=labels)}
    context |= {"may_import": may(membership.role, Action.EDIT_ARTICLES)}
    return render(request, "annotations/labelling/articles.html", context)


@require_safe
@login_required
def article(request: PageRequest, id: UUID) -> HttpResponse:
    """The editor while it is in draft, the room while claims of it are open, a page to read for everybody else."""
    found = article_for(request.user, id)
    membership = membership_in(request.user, found.project.slug)
    if found.status == Article.Status.DRAFT:
        return editor(request, found, membership)
    opened = found.status == Article.Status.OPEN and may(membership.role, Action.LABEL)
    if opened and found.project.training and needs_training(request.user, found.project_id, membership.role):
        messages.info(request, _("This project begins with a training round. Finish it, then label."))
        return redirect("training", membership.project.slug)
    renew_lease(request.user, found)
    return _room(request, found, membership, wanted=request.GET.get("claim"))


@require_POST
@login_required
def label_save(request: PageRequest, id: UUID) -> HttpResponse:
    """Save my label and go on to the next claim without one; a refusal is told at its field, with what was typed."""
    claim = claim_for(request.user, id)
    require(claim.role, Action.LABEL)
    if claim.status == Status.VOID:
        raise WrongState(_("This claim is void."))  # it has no place in the room
    found = article_for(request.user, claim.article_id)
    membership = membership_in(request.user, found.project.slug)
    codebook, mine = membership.project.codebook, my_label(request.user, claim)
    form = LabelForm(request.POST, rules=codebook.rules if codebook else [])
    status = 400
    if form.is_valid():
        try:
            content = form.content(mine.current if mine else None)
            services.save_label(request.user, claim_id=id, content=content, version=form.cleaned_data["version"])
        except WorkbenchError as error:
            status = refuse(form, error)
        else:
            everyone = seats(request.user, found)
            after = following(everyone, chosen(everyone, str(id)))
            return redirect(f"{reverse('article', args=[found.pk])}?claim={after.id}#card")
    return _room(request, found, membership, wanted=str(id), form=form, status=status)


@require_POST
@login_required
def hand_in(request: PageRequest, id: UUID) -> HttpResponse:
    """Fix my labels in the article; asks once more where claims are still without one."""
    try:
        fixed = services.hand_in(request.user, article_id=id, partial=bool(request.POST.get("partial")))
    except WrongState as error:
        found = article_for(request.user, id)
        if found.status == Article.Status.DRAFT:
            raise
        membership = membership_in(request.user, found.project.slug)
        return _room(
            request, found, membership, wanted=request.POST.get("claim"), status=error.status, handing_in=error
        )
    told = ngettext("%(n)d label handed in.", "%(n)d labels handed in.", len(fixed))
    messages.success(request, told % {"n": len(fixed)} if fixed else _("There was nothing new to hand in."))
    return redirect("article", id)


@require_POST
@login_required
def article_close(request: PageRequest, id: UUID) -> HttpResponse:
    """End labelling with every label saved by now."""
    services.close_article(request.user, article_id=id)
    messages.success(request, _("Labelling of this article has closed."))
    return redirect("article", id)


@require_safe
@login_required
def queue(request: PageRequest, slug: str) -> HttpResponse:
    """My next claims, by article."""
    membership = membership_in(request.user, slug)
    groups, more = queued(request.user, membership.project, QUEUED)
    context = {"membership": membership, "section": "queue", "groups": groups, "more": more}
    project, labels = membership.project, may(membership.role, Action.LABEL)
    context["takes"] = project.distribution == Distribution.ASSIGNED and labels
    context["untrained"] = project.training and labels and needs_training(request.user, project.pk, membership.role)
    return render(request, "annotations/labelling/queue.html", context)


@require_POST
@login_required
def queue_next(request: PageRequest, slug: str) -> HttpResponse:
    """Take the next article and go there; back to the queue where none is free."""
    taken = take_next(request.user, slug=slug)
    if taken is None:
        messages.info(request, _("No article is free at the moment."))
        return redirect("queue", slug)
    return redirect("article", taken.article.pk)


def _room(
    request: PageRequest,
    article: Article,
    membership: Membership,
    *,
    wanted: str | None,
    form: LabelForm | None = None,
    handing_in: WorkbenchError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The room where there is something to label (or something typed to keep), else the article to read."""
    everyone = seats(request.user, article)
    context = {
        **article_context(article, {seat.claim.start for seat in everyone if seat.claim.kind == "heading"}),
        "membership": membership,
        **_managing(request, article, membership),
    }
    labels = may(membership.role, Action.LABEL) and any(seat.is_open and seat.held for seat in everyone)
    if not (labels or form):
        context |= reading_context(everyone, Filters.asked(request.GET), article.length)
        return render(request, "annotations/labelling/reading.html", context, status=status)
    context |= _card(request.user, article, membership, everyone, chosen(everyone, wanted), form=form)
    context["handing_in"] = handing_in
    return render(request, "annotations/labelling/room.html", context, status=status)


def _card(
    user: User, article: Article, membership: Membership, everyone: list[Seat], place: int, *, form: LabelForm | None
) -> dict[str, Any]:
    """The claim at `place` with what is said of it, and what the card and its script take from the article."""
    seat, codebook = everyone[place], membership.project.codebook
    mine = seat.mine
    stands = LabelForm.stands(mine.current if mine else None, mine.version if mine else 0)
    said = [each.mine.current.attribution or {} for each in everyone if each.mine and each.mine.current]
    mentioned = [str(attribution["source_name"]) for attribution in said if attribution.get("source_name")]
    return {
        "seats": everyone,
        "current": seat,
        "before": everyone[place - 1] if place else None,
        "after": everyone[place + 1] if place + 1 < len(everyone) else None,
        "form": form or LabelForm(initial=stands, rules=codebook.rules if codebook else []),
        "labels": LABELS,
        "abstentions": ABSTAINING,
        "kinds": CONTENT_KINDS,
        "places": PLACES,
        "codebook": codebook,
        "strip": window_at(everyone, place, ON_A_STRIP),
        "share": my_share(everyone),
        "waiting": [each for each in everyone if each.is_waiting],
        "settled": all(each.locked for each in everyone),
        "kindless": [each for each in everyone if each.lacks_kind],
        "names": dict.fromkeys([*mentioned, *names(article.text)]),
        "roles": {str(attribution["source_role"]) for attribution in said if attribution.get("source_role")},
        "decides": LADDER[Role(membership.role)] >= LADDER[Role.ADJUDICATOR] and membership.project.four_eyes,
        "data": room_data(user, article, everyone, place),
    }


def _managing(request: PageRequest, article: Article, membership: Membership) -> dict[str, Any]:
    """What managers have beside the text; progress only for those who may see it."""
    if not may(membership.role, Action.OPEN_AND_CLOSE):
        return {}
    opened = article.status == Article.Status.OPEN
    return {
        "manages": True,
        "progress": article_progress(request.user, article) if opened else None,
        "add_form": AddForm(auto_id="add_%s"),
    }
