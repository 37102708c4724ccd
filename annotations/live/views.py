"""Pages that look across the stages: my projects, a project's overview, its log."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.articles.queries import visible_articles
from annotations.audit.models import Event
from annotations.audit.wording import told
from annotations.claims.queries import visible_claims
from annotations.labelling.queries import visible_events
from annotations.live.figures import figures_for
from annotations.live.forms import ClaimFilter, LogFilter
from annotations.live.overview import (
    Standing,
    article_standings,
    labelling_progress,
    my_work,
    named,
    next_steps,
    standings,
)
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
    newest = list(named(articles).order_by("-created_at", "-id")[:ARTICLES_SHOWN])
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
        claims = (
            claims.select_related("article")
            .defer("article__text")
            .order_by("article__created_at", "article_id", "start", "end", "id")
        )
        context["claims"] = Paginator(claims, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "annotations/live/overview.html", context)


@require_safe
@login_required
def figures(request: PageRequest, slug: str) -> HttpResponse:
    """The work in figures: how claims stand, labels, agreement over time, which labels differ; for managers who did how
    much. Closed work only."""
    membership = membership_in(request.user, slug)
    stand = standings(request.user, [membership.project_id]).get(membership.project_id, Standing())
    context = {"membership": membership, "section": "project", "figures": figures_for(request.user, membership, stand)}
    return render(request, "annotations/live/figures.html", context)


@require_safe
@login_required
def log(request: PageRequest, slug: str) -> HttpResponse:
    """Who did what, when, from what to what, as far as I may know; newest first."""
    membership = membership_in(request.user, slug)
    filter = LogFilter(request.GET)
    events = list(filter.applied(visible_events(request.user, membership.project))[: EVENTS_A_PAGE + 1])
    shown = events[:EVENTS_A_PAGE]
    older = request.GET.copy()
    older["before"] = str(shown[-1].pk) if len(events) > len(shown) else ""
    context = {
        "membership": membership,
        "filter": filter,
        "rows": _entries(request.user, shown),
        "people": members(membership.project),
        "older": older.urlencode() if older["before"] else "",
        "narrowed": any(request.GET.values()),
        "article": _only_article(request, filter),
    }
    return render(request, "annotations/live/log.html", context)


def _entries(user: User, events: list[Event]) -> list[dict[str, Any]]:
    """Events with their words, and the article and claim they are about where the reader may know of these."""
    claims = visible_claims(user).in_bulk({event.claim_id for event in events if event.claim_id})
    articles = named(visible_articles(user)).in_bulk({event.article_id for event in events if event.article_id})
    return [
        {
            "event": event,
            "told": told(event.verb, event.data),
            "article": articles.get(event.article_id) if event.article_id else None,
            "claim": claims.get(event.claim_id) if event.claim_id else None,
        }
        for event in events
    ]


def _only_article(request: PageRequest, filter: LogFilter) -> Article | None:
    """The article that the log is narrowed to, where the reader may know of it."""
    wanted = filter.cleaned_data.get("article")
    return named(visible_articles(request.user)).filter(pk=wanted).first() if wanted else None
