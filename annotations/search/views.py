"""The page of searching."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.accounts.models import User
from annotations.accounts.requests import PageRequest
from annotations.projects.models import Project
from annotations.projects.queries import membership_in
from annotations.search.marking import pattern_of
from annotations.search.queries import Kind, found
from annotations.search.results import result_of
from annotations.search.terms import LONGEST, terms_of

FIRST = 5  # of each kind, where all kinds are shown
A_PAGE = 50
NAMES: dict[Kind, str | Promise] = {
    Kind.CLAIM: _("Claims"),
    Kind.ARTICLE: _("Articles"),
    Kind.SOURCE: _("Sources"),
}


@require_safe
@login_required
def search(request: PageRequest, slug: str) -> HttpResponse:
    """What I may see that has every word of `q`: the first of each kind, or all of one `kind`."""
    membership = membership_in(request.user, slug)
    query, kind = request.GET.get("q", "")[:LONGEST], request.GET.get("kind", "")
    terms = terms_of(query)
    context: dict[str, Any] = {"membership": membership, "section": "search", "q": query, "terms": terms}
    if terms and kind in map(str, Kind):
        context |= _one(request, membership.project, terms, Kind(kind))
    elif terms:
        context["groups"] = _each(request.user, membership.project, terms)
    return render(request, "annotations/search/search.html", context)


def _each(user: User, project: Project, terms: list[str]) -> list[dict[str, Any]]:
    """The first results of every kind that has some."""
    pattern, groups = pattern_of(terms), []
    for kind in Kind:
        rows = found(user, project, terms, [kind])[: FIRST + 1]
        results = [result_of(row, pattern) for row in rows[:FIRST]]
        if results:
            groups.append({"kind": kind, "name": NAMES[kind], "results": results, "more": len(rows) > FIRST})
    return groups


def _one(request: PageRequest, project: Project, terms: list[str], kind: Kind) -> dict[str, Any]:
    """A page of all results of one kind."""
    pattern = pattern_of(terms)
    rows: Any = found(request.user, project, terms, [kind])  # as much of a queryset as a paginator needs
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    results = [result_of(row, pattern) for row in page]
    groups = [{"kind": kind, "name": NAMES[kind], "results": results, "more": False}] if results else []
    return {"groups": groups, "page": page, "kind": kind}
