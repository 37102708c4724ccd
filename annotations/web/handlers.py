"""What is answered where no view could: problem documents below /api/, a calm page elsewhere."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from annotations.errors import NotPermitted, NotVisible
from annotations.web.problems import BAD_REQUEST, FAILED, Problem, anticipated, problem_for

API = "/api/"
# Drawn by hand, for when the page of the house cannot be drawn either: the database may be what is away.
BARE = (
    '<!doctype html><html lang="{lang}" dir="{dir}"><meta charset="utf-8"><title>{title}</title>'
    "<h1>{title}</h1><p>{detail}</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return refusal(request, problem_for(exception) or Problem(BAD_REQUEST, BAD_REQUEST.meaning))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return refusal(request, problem_for(exception) or anticipated(NotPermitted(_("You may not do this."))))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # never says what was asked
    """Django's handler404."""
    return refusal(request, anticipated(NotVisible()))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the exception is being handled: a database that is away is no bug of ours."""
    current = sys.exc_info()[1]
    return refusal(request, (problem_for(current) if current else None) or Problem(FAILED, FAILED.meaning))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # for the log, not for people
    """Django's CSRF_FAILURE_VIEW."""
    told = _("This form is too old or came from elsewhere. Reload the page.")
    return refusal(request, anticipated(NotPermitted(told)))


def refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem in the form its asker reads."""
    if request.path.startswith(API):
        return problem.response()
    context = {"title": problem.kind.title, "detail": problem.detail, "errors": problem.errors, "problem": problem}
    try:
        page = str(render_to_string("annotations/web/refusal.html", context, request))
    except Exception:
        if problem.kind.status < 500:
            raise
        written = {"lang": get_language() or "en", "dir": "rtl" if get_language_bidi() else "ltr"}
        page = BARE.format(title=escape(problem.kind.title), detail=escape(problem.detail), **written)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HttpResponse(page, status=problem.kind.status, headers=headers)
