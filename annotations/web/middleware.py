"""Refusals of pages, and what browsers and proxies may keep."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.urls import is_valid_path
from django.utils.decorators import sync_and_async_middleware

from annotations.errors import WorkbenchError
from annotations.web.handlers import API, refusal
from annotations.web.problems import problem_for

EXPECTED = (WorkbenchError, OperationalError, InterfaceError)  # Django itself answers Http404 and its like

Get = Callable[[HttpRequest], Any]


@sync_and_async_middleware
def refusals(get_response: Get) -> Get:
    """Turn what pages refuse into pages; keep what belongs to one person out of caches."""
    middleware: Any
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            _refuse_nul(request)
            return _private(request, _led_back(request, await get_response(request)))
    else:

        def middleware(request: HttpRequest) -> HttpResponseBase:
            _refuse_nul(request)
            return _private(request, _led_back(request, get_response(request)))

    middleware.process_exception = refuse
    chosen: Get = middleware
    return chosen


def refuse(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The answer to a view's exception; None leaves it to Django, as the bug it is."""
    problem = problem_for(exception) if isinstance(exception, EXPECTED) else None
    return refusal(request, problem) if problem else None


def _refuse_nul(request: HttpRequest) -> None:
    """No text of the database can hold a NUL, so nothing may be asked for with one (400, 404).

    Raised, not answered: Django then draws the refusal off the event loop.
    """
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("The query carries a NUL character.")
    if "\0" in request.path:
        raise Http404


def _led_back(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Who opens the address of a form, as browsers do from their history, is led to the page it stands on or above."""
    if not isinstance(response, HttpResponseNotAllowed) or request.method != "GET" or request.path.startswith(API):
        return response
    above = request.path
    while above != "/":
        above = above.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(above):
            break
    return HttpResponseRedirect(above)


def _private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody stores what came with a session or a token, unless its view has said otherwise.

    Cookies and headers decide, not `request.user`, which would cost two queries.
    """
    if "Cache-Control" not in response and (
        settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    ):
        response["Cache-Control"] = "private, no-store"
    return response
