"""Pages that look across the stages: my projects, a project's overview, its log."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.accounts.requests import PageRequest
from annotations.articles.queries import visible_articles
from annotations.audit.wording import told
from annotations.claims.queries import visible_claims
from annotations.labelling.queries import visible_events
from annotations.live.forms import ClaimFilter, LogFilter
from annotations.live.overview import Standing, article_standings, labelling_progress, my_work, next_steps, standings
from annotations.projects.access import Action, may
from annotations.projects.queries import members, membership_in, memberships_of

ARTICLES_SHOWN = 10
CLAIMS_A_PAGE = 50
EVENTS_A_PAGE = 50


@require_safe
@login_required
def home(request: PageRequest) -> HttpResponse:
    """My projects: my role, what waits for me, how far the claims are."""
    mine = list(memberships_of(request.user))
    stand = standings(request.user, [membership.project_id for membership in mine])
    rows = [
        {
            "membership": one,
            "standing": stand.get(one.project_id, Standing()),
            "work": my_work(request.user, one.project) if may(one.role, Action.LABEL) else None,
        }
        for one in mine
    ]
    return render(request, "annotations/live/home.html", {"rows": rows})


@require_safe
@login_required
def project(request: PageRequest, slug: str) -> HttpResponse:
    """What goes on: how the claims stand, what waits for me, the newest articles; claims of one status by URL."""
    membership = membership_in(request.user, slug)
    stand = standings(request.user, [membership.project_id]).get(membership.project_id, Standing())
    articles = visible_articles(request.user).filter(project=membership.project)
    newest = list(articles.order_by("-created_at", "-id")[:ARTICLES_SHOWN])
    filter = ClaimFilter(request.GET)
    context = {
        "membership": membership,
        "standing": stand,
        "steps": next_steps(request.user, membership, stand),
        "article_count": articles.count(),
        "articles": newest,
        "article_standings": article_standings(request.user, newest),
        "progress": labelling_progress(request.user, newest),
        "filter": filter,
        "claims": None,
    }
    if request.GET.get("status") or request.GET.get("label"):
        claims = filter.applied(visible_claims(request.user).filter(project=membership.project).exclude(status="void"))
        claims = claims.select_related("article").order_by("article__created_at", "article_id", "start", "end", "id")
        context["claims"] = Paginator(claims, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "annotations/live/overview.html", context)


@require_safe
@login_required
def log(request: PageRequest, slug: str) -> HttpResponse:
    """Who did what, when, from what to what, as far as I may know; newest first."""
    membership = membership_in(request.user, slug)
    filter = LogFilter(request.GET)
    events = list(filter.applied(visible_events(request.user, membership.project))[: EVENTS_A_PAGE + 1])
    shown = events[:EVENTS_A_PAGE]
    claims = visible_claims(request.user).filter(pk__in={event.claim_id for event in shown if event.claim_id})
    articles = visible_articles(request.user).filter(pk__in={event.article_id for event in shown if event.article_id})
    articles_by_id = {article.pk: article for article in articles}
    claims_by_id = {claim.pk: claim for claim in claims}
    rows = [
        {
            "event": event,
            "told": told(event.verb, event.data),
            "article": articles_by_id.get(event.article_id),
            "claim": claims_by_id.get(event.claim_id),
        }
        for event in shown
    ]
    older = request.GET.copy()
    older["before"] = str(shown[-1].pk) if len(events) > len(shown) else ""
    context = {
        "membership": membership,
        "filter": filter,
        "rows": rows,
        "people": members(membership.project),
        "older": older.urlencode() if older["before"] else "",
        "narrowed": any(request.GET.values()),
        "article": visible_articles(request.user).filter(pk=filter.cleaned_data.get("article")).first(),
    }
    return render(request, "annotations/live/log.html", context)
