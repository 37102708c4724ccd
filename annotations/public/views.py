"""The public pages: a release with its files and claims, and one claim with its verdicts and their sources."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.errors import InvalidInput
from annotations.public.embedding import script
from annotations.public.queries import befallen, claim_row, claim_rows, latest_of, public_release
from annotations.releases.contents import changes, manifest
from annotations.releases.downloads import download
from annotations.releases.formats.claimreview import embedded
from annotations.releases.listing import told
from annotations.releases.models import Release
from annotations.releases.queries import file_of, files_of


@require_safe
def release(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a release holds, a page of its claims, and its files."""
    found = public_release(id)
    if hasattr(found, "withdrawal"):
        return _withdrawn(request, found)
    rows, following = claim_rows(found, _after(request))
    since = befallen(found, [row.claim for row in rows])
    whole = manifest(found)
    context = {
        "release": found,
        "latest": latest_of(found),
        "files": files_of(found),
        "counts": whole["counts"],
        "figures": whole["agreement"].get("label"),
        "claims": [(one, since.get(row.claim)) for row, one in zip(rows, told(found, rows), strict=True)],
        "following": following,
        "changes": changes(found),
    }
    return render(request, "annotations/public/release.html", context)


@require_safe
def claim(request: HttpRequest, id: UUID, claim_id: UUID) -> HttpResponse:
    """A claim as it was released; its ClaimReview stands in the page as long as the verdicts do."""
    found = public_release(id)
    if hasattr(found, "withdrawal"):
        return _withdrawn(request, found)
    row = claim_row(found, claim_id)
    [one] = told(found, [row])
    [anchor] = one.claim["anchors"]
    since = befallen(found, [claim_id]).get(claim_id)
    reviews = None if since else embedded(one)
    context = {
        "release": found,
        "told": one,
        "anchor": anchor,
        "begins": anchor["start"] == len(anchor["prefix"]),
        "ends": anchor["end"] + len(anchor["suffix"]) == one.article["version"]["length"],
        "evidence": {row["id"]: row for row in one.evidence},
        "since": since,
        "embedded": script(reviews) if reviews else "",
    }
    return render(request, "annotations/public/claim.html", context)


@require_safe
def release_file(request: HttpRequest, id: UUID, name: str) -> HttpResponseBase:
    """The bytes of one file of a public release."""
    found = public_release(id)
    if hasattr(found, "withdrawal"):
        return _withdrawn(request, found)
    return download(request, file_of(found, name))


def _withdrawn(request: HttpRequest, release: Release) -> HttpResponse:
    """410: there is nothing any more, and why."""
    context = {"release": release, "latest": latest_of(release)}
    return render(request, "annotations/public/withdrawn.html", context, status=410)


def _after(request: HttpRequest) -> int:
    """Where the page begins, in bytes; 400 for what is no such place."""
    given = request.GET.get("after", "0")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise InvalidInput.field("after", _("A number, as the link to the next page has it."))
    return int(given)
