"""The OpenAPI document and the page that explains it. Both are public: they hold no data."""

from dataclasses import dataclass
from functools import cache
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
from annotations.web.idempotency import KEPT
from annotations.web.reference import Group, groups
from annotations.web.rendering import dumps


@dataclass(frozen=True)
class Surface:
    """The outside surface in three forms: as data, as bytes, and as the page shows it."""

    document: dict[str, Any]
    json: bytes
    groups: list[Group]


@cache
def surface() -> Surface:
    """The surface: the same for everybody, in English, made once in a process."""
    with override("en"):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # an untyped library
        document = generator.get_schema(public=True)  # type: ignore[no-untyped-call]  # an untyped library
    return Surface(document, dumps(document), groups(document))


class SchemaView(ApiView):
    """The OpenAPI document."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002  # a view's signature
        """The document as JSON."""
        return HttpResponse(surface().json, "application/json")


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The page: every operation by what it is about, with its parameters, bodies, answers and a command to try."""
    context = {
        "groups": surface().groups,
        "kinds": problems.kinds(),
        "hours": int(KEPT.total_seconds()) // 3600,
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "annotations/web/api_docs.html", context)
