"""The OpenAPI document and the page that explains it. Both are public: they hold no data."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from annotations.web import problems
from annotations.web.api import ApiView
from annotations.web.reference import groups
from annotations.web.rendering import dumps


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document: the same for everybody, in English, made once in a process."""
    with override("en"):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@lru_cache(maxsize=1)
def _bytes() -> bytes:
    return dumps(document())


class SchemaView(ApiView):
    """The OpenAPI document."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002  # a view's signature
        """The document as JSON."""
        return HttpResponse(_bytes(), "application/json")


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The page: every operation by what it is about, with its parameters, bodies, answers and a command to try."""
    context = {
        "groups": groups(document()),
        "kinds": problems.kinds(),
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "annotations/web/api_docs.html", context)
