"""Pages of releases: the list, asking for one, one release, its files."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.articles.queries import visible_articles
from annotations.claims.queries import visible_claims
from annotations.errors import WorkbenchError
from annotations.jobs.models import Job
from annotations.jobs.queries import visible_jobs
from annotations.projects.access import Action, require_member
from annotations.projects.models import Membership, Project
from annotations.projects.queries import membership_in
from annotations.releases import services
from annotations.releases.contents import changes, contents, manifest
from annotations.releases.downloads import download
from annotations.releases.forms import LICENSES, ReleaseForm, WithdrawalForm
from annotations.releases.models import Release
from annotations.releases.queries import RELEASABLE, file_of, files_of, release_for, visible_releases
from annotations.releases.since import turned_counts, turned_since
from annotations.releases.withdrawing import withdraw_release
from annotations.web.forms import form_page, refuse

NEW = "annotations/releases/new.html"
PAGE = "annotations/releases/release.html"


@require_safe
@login_required
def releases(request: PageRequest, slug: str) -> HttpResponse:
    """The project's published releases, and the jobs that make more."""
    membership = membership_in(request.user, slug)
    making = visible_jobs(request.user).filter(project=membership.project, kind=services.KIND)
    rows = list(visible_releases(request.user, membership.project))
    turned = turned_counts(request.user, membership.project, rows)
    context = {
        "membership": membership,
        "releases": [(row, manifest(row).get("counts", {}).get("claims"), turned.get(row.pk, 0)) for row in rows],
        "making": making.exclude(state__in=Job.ENDED).order_by("created_at"),
    }
    return render(request, "annotations/releases/releases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def release_new(request: PageRequest, slug: str) -> HttpResponse:
    """Ask for a release; its job is the next page."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.RELEASE)
    project = membership.project
    articles = visible_articles(request.user).filter(project=project).exclude(status=Article.Status.DRAFT)
    articles = articles.defer("text").order_by("created_at", "id")
    form = ReleaseForm(request.POST if request.method == "POST" else None, articles=articles)
    context: dict[str, Any] = {
        "membership": membership,
        "section": "releases",
        "licenses": LICENSES,
        "counts": _counts(request, project),
    }
    if not form.is_valid():
        return form_page(request, NEW, form, **context)
    try:
        _release, job = services.request_release(request.user, slug=slug, **form.chosen())
    except WorkbenchError as error:
        return form_page(request, NEW, form, status=refuse(form, error), **context)
    return redirect("job", job.pk)


@require_safe
@login_required
def release(request: PageRequest, id: UUID) -> HttpResponse:
    """One release: what it holds, what befell its claims since, its files with their hashes, how to verify it."""
    found = release_for(request.user, id)
    return form_page(
        request, PAGE, WithdrawalForm(), **_told(request, found, membership_in(request.user, found.project.slug))
    )


@require_POST
@login_required
def release_withdraw(request: PageRequest, id: UUID) -> HttpResponse:
    """Take it back; its page says so."""
    found = release_for(request.user, id)
    membership = membership_in(request.user, found.project.slug)
    require_member(membership, Action.RELEASE)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return form_page(request, PAGE, form, **_told(request, found, membership))
    try:
        withdraw_release(request.user, release_id=id, **form.cleaned_data)
    except WorkbenchError as error:
        return form_page(request, PAGE, form, status=refuse(form, error), **_told(request, found, membership))
    return redirect("release", id)


def _told(request: PageRequest, found: Release, membership: Membership) -> dict[str, Any]:
    """What the page of a release shows."""
    told = manifest(found)
    return {
        "membership": membership,
        "section": "releases",
        "release": found,
        "files": files_of(found),
        "counts": told.get("counts", {}),
        "labels": sorted(contents(found).labels.items()),
        "figures": told.get("agreement", {}).get("label"),
        "changes": changes(found),
        "turned": turned_since(request.user, found),
    }


@require_safe
@login_required
def release_file(request: PageRequest, id: UUID, name: str) -> HttpResponseBase:
    """The bytes of one file under its own name, as `verify_release` looks for it."""
    return download(request, file_of(release_for(request.user, id), name))


def _counts(request: PageRequest, project: Project) -> list[tuple[str, int]]:
    """How many claims stand at each status that can be released, none at the others."""
    rows = visible_claims(request.user).filter(project=project, status__in=RELEASABLE).order_by()
    counted = dict(rows.values_list("status").annotate(number=Count("pk")))
    return [(status, counted.get(status, 0)) for status in RELEASABLE]
