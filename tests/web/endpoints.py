"""Endpoints and pages that do what real ones do, so that everything of `annotations.web` can be met over HTTP."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from typing import Any, Never

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.models import ApiToken, User
from annotations.errors import InvalidInput, NotPermitted, NotVisible, StaleVersion, TooLarge, WrongState
from annotations.web.api import ApiView, etagged, if_match, require_if_match
from annotations.web.rendering import JSONParser, JSONRenderer

RAISED = {
    "invalid": lambda: InvalidInput.field("start", "It lies behind the end."),
    "permitted": lambda: NotPermitted("Only managers do this."),
    "visible": NotVisible,
    "state": lambda: WrongState("It is closed.", extra={"allowed": ["reopen"], "status": 200, "type": "mine"}),
    "stale": lambda: StaleVersion("Changed.", extra={"current": {"version": 3}}),
    "large": lambda: TooLarge("5 MB at most."),
    "nested": lambda: exceptions.ValidationError(
        {"claims": [{}, {"start": ["Too late."], "non_field_errors": ["Empty."]}], "non_field_errors": ["Both."]}
    ),
    "one": lambda: exceptions.ValidationError({"start": ["Too late."]}),
    "parse": lambda: exceptions.ParseError("At byte 3."),
    "denied": lambda: exceptions.PermissionDenied("Not you."),
    "throttled": lambda: exceptions.Throttled(7.2),
    "teapot": lambda: exceptions.APIException("Short and stout."),
    "django-404": lambda: Http404("No ApiToken matches the given query."),
    "django-403": PermissionDenied,
    "django-400": lambda: SuspiciousOperation("looks odd"),
    "django-invalid": lambda: DjangoValidationError({"name": ["Taken."]}),
    "django-invalid-whole": lambda: DjangoValidationError("Not together."),
    "bug": lambda: RuntimeError("a bug"),
}


class Member(serializers.Serializer):
    name = serializers.CharField(max_length=10)
    age = serializers.IntegerField(min_value=0, required=False)


class Note(serializers.Serializer):
    """A note for the tests."""

    id = serializers.CharField(read_only=True)
    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=["fact", "opinion"], required=False)
    author = Member(required=False)
    members = Member(many=True, required=False)
    plain = serializers.ListField(child=Member(), required=False)
    free = serializers.JSONField(required=False)


class TokenOut(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()


class Notes(ApiView):
    """Notes."""

    @extend_schema(operation_id="note_echo", request=Note, responses=Note)
    def post(self, request: Request) -> Response:
        """Says what was understood.

        More about it.
        """
        return Response(self.body(Note))

    @extend_schema(operation_id="note_many", request=Note(many=True), responses={201: Note(many=True)})
    def put(self, request: Request) -> Response:
        return Response(self.body(Note, many=True), status=201)

    @extend_schema(operation_id="note_part", request=Note, responses=Note)
    def patch(self, request: Request) -> Response:
        return Response(self.body(Note, partial=True))


class Tokens(ApiView):
    ordering = ("name", "id")

    @extend_schema(operation_id="token_list", responses=TokenOut(many=True))
    def get(self, request: Request) -> Response:
        return self.page(ApiToken.objects.filter(sha256__startswith="row"), show)

    @extend_schema(operation_id="token_add", request=Member, responses={201: TokenOut})
    def post(self, request: Request) -> Response:
        name = self.body(Member)["name"]
        token = ApiToken.objects.create(user=request.user, name=name, sha256=f"made {ApiToken.objects.count()}")
        if name == "wait":
            Gate.entered.set()
            assert Gate.open.wait(20)
        if name in RAISED or Gate.refuse:
            raise RAISED.get(name, RAISED["state"])()
        if name == "409":
            return Response({"detail": "returned, not raised"}, status=409)
        headers = {"Location": f"/api/tokens/{token.pk}/", "X-Other": "not kept"}
        return etagged(Response(show(token), status=201, headers=headers), 7)

    @extend_schema(operation_id="token_clear", responses={204: None})
    def delete(self, request: Request) -> Response:
        ApiToken.objects.filter(sha256__startswith="made").delete()
        return Response(status=HTTPStatus.NO_CONTENT)


class Gate:
    """Holds a handler until a test lets it go on."""

    entered = threading.Event()
    open = threading.Event()
    refuse = False


class NewestTokens(ApiView):
    ordering = ("-user__username", "created_at", "-id")

    @extend_schema(operation_id="token_newest", responses=TokenOut(many=True))
    def get(self, request: Request) -> Response:
        return self.page(ApiToken.objects.select_related("user").filter(sha256__startswith="row"), show)


def show(token: ApiToken) -> dict[str, str]:
    return {"id": str(token.pk), "name": token.name}


class Versioned(ApiView):
    @extend_schema(operation_id="version_read", responses=TokenOut)
    def get(self, request: Request, number: int) -> Response:
        return etagged(Response({"version": number}), number)

    @extend_schema(operation_id="version_must", request=None, responses=TokenOut)
    def patch(self, request: Request, number: int) -> Response:
        return Response({"read": require_if_match(request)})

    @extend_schema(operation_id="version_may", request=None, responses=TokenOut)
    def put(self, request: Request, number: int) -> Response:
        return Response({"read": if_match(request)})


class Raising(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request, name: str) -> Never:
        raise RAISED[name]()


class Upload(ApiView):
    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(exclude=True)
    def post(self, request: Request) -> Response:
        file = request.data["file"]
        token = ApiToken.objects.create(user=request.user, name=file.name, sha256=f"made {ApiToken.objects.count()}")
        return Response({"size": file.size, "id": str(token.pk)})


class LinesRenderer(BaseRenderer):
    media_type = "text/plain"
    format = "lines"

    def render(self, data: Any, *_: Any) -> str:
        return "\n".join(data)


class TwoForms(ApiView):
    renderer_classes = (JSONRenderer, LinesRenderer)

    @extend_schema(operation_id="two_forms", responses={200: {"type": "array", "items": {"type": "string"}}})
    def get(self, request: Request) -> Response:
        return Response(["one", "two"])


class Public(ApiView):
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="public_read", responses=TokenOut)
    def get(self, request: Request) -> Response:
        return Response({"who": request.user.get_username()})


class Database(ApiView):
    """What the database does to a request."""

    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request, what: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENTS[what])


STATEMENTS = {
    "killed": "SELECT pg_terminate_backend(pg_backend_pid())",
    "slow": "SET statement_timeout = '50ms'; SELECT pg_sleep(5)",
}


def page(request: HttpRequest, name: str) -> Never:
    raise RAISED[name]()


async def async_page(request: HttpRequest, name: str) -> Never:
    raise RAISED[name]()


def killed_page(request: HttpRequest) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS["killed"])


def killed_session_page(request: HttpRequest) -> HttpResponse:
    """Loses the database after the view: the session cannot be stored any more."""
    request.session["seen"] = "this"
    with suppress(OperationalError):
        killed_page(request)
    return HttpResponse()


def quiet_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{User.objects.count()} people")


def cached_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a picture", headers={"Cache-Control": "private, max-age=60"})


def form_page(request: HttpRequest) -> HttpResponse:
    return render(request, "annotations/web/refusal.html", {"title": request.POST.get("text", "")})


def parts_page(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield "first"
        assert Gate.open.wait(20)
        yield "second"

    return StreamingHttpResponse(parts())


def async_parts_page(request: HttpRequest) -> StreamingHttpResponse:
    """A stream that sets `Gate.entered` when it is over."""

    async def parts() -> AsyncIterator[str]:
        try:
            yield "first"
            while not Gate.open.is_set():
                await asyncio.sleep(0.01)
            yield "second"
        finally:
            Gate.entered.set()

    assert User.objects.count() == 0
    return StreamingHttpResponse(parts())


def broken_page(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield "first"
        raise RuntimeError("in the middle")

    return StreamingHttpResponse(parts())


def file_page(request: HttpRequest) -> FileResponse:
    return FileResponse(BytesIO(bytes(range(256)) * 2000))
