"""The class every endpoint inherits: lean dispatch, bodies, pages, versions and idempotent writes."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.fields import Field, ListField
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer, Serializer
from rest_framework.views import APIView

from annotations.errors import InvalidInput, VersionMissing
from annotations.web.idempotency import HEADER, run_once
from annotations.web.pagination import CursorPagination
from annotations.web.rendering import Negotiation
from annotations.web.schema import ProblemSchema

Answer = TypeVar("Answer", bound=HttpResponseBase)
Reader = Field[Any, Any, Any, Any]

# A version as `etag` writes it. W/ is taken because proxies that compress weaken every ETag they pass on, and a bare
# number because it cannot mean anything else.
VERSION = re.compile(r'(?:W/)?"(\d{1,9})"|(\d{1,9})', re.ASCII)

# The id of the user for whom the page was made whose script asks (`data-user` of the page).
PAGE_USER = "Workbench-User"


class ApiRequest(Request):
    """DRF's request, which also reads a body of unannounced length (it would take it for an empty one)."""

    @property
    def stream(self) -> Any:
        """The body as a stream; None where there is none."""
        chunked = self._request.headers.get("Transfer-Encoding", "").lower() == "chunked"
        return self._request if chunked else super().stream


class ApiView(APIView):
    """An endpoint. Handlers return DRF's `Response`, which leaves here as a finished `HttpResponse`."""

    schema = ProblemSchema()
    content_negotiation_class = Negotiation
    throttle_classes = ()
    versioning_class = None
    metadata_class = None
    pagination_class = CursorPagination
    ordering: tuple[str, ...] = ()
    reads_need_a_state = False  # whether reading, too, is refused (409) in some state of the thing

    def body(self, serializer: Callable[..., Reader], *, many: bool = False, partial: bool = False) -> Any:
        """The validated body, by a serializer that needs no context.

        ValidationError (400) by field; InvalidInput (400) names the fields the serializer does not take.
        """
        reader, data = _reader(serializer, many, partial), self.request.data
        if unknown := list(_unknown(reader, data)):
            names = ", ".join(f"“{name}”" for name in unknown)
            raise InvalidInput(
                gettext("Not known here: %(names)s.") % {"names": names},
                errors={name: [gettext("There is no such field here.")] for name in unknown},
            )
        return reader.run_validation(data)

    def page(self, rows: QuerySet[Any], show: Callable[[Any], Any]) -> Response:
        """One page of `rows` in the view's `ordering`, each as `show` tells it."""
        pages = self.pagination_class()
        return pages.get_paginated_response([show(row) for row in pages.paginate_queryset(rows, self.request, self)])

    def asked(self, name: str, values: Collection[str]) -> str | None:
        """What the query asks for by this name, None where it does not; InvalidInput (400) for none of the values."""
        value: str | None = self.request.query_params.get(name)
        if value is not None and value not in values:
            raise InvalidInput.field(name, gettext("One of %(values)s.") % {"values": ", ".join(values)})
        return value

    @property
    def default_response_headers(self) -> dict[str, str]:
        """None: DRF would list the methods of the address on every answer."""
        return {}

    @property
    def allowed_methods(self) -> list[str]:
        """The methods this address answers."""
        return [name for name in super().allowed_methods if name != "OPTIONS"]

    def initialize_request(self, request: HttpRequest, *_: Any, **__: Any) -> Request:
        """The request as handlers see it."""
        return ApiRequest(
            request,
            parsers=self.get_parsers(),
            authenticators=self.get_authenticators(),
            negotiator=self.get_content_negotiator(),
            parser_context=self.get_parser_context(request),
        )

    def perform_authentication(self, request: Request) -> None:
        """Find the user; 401 where a session is another person's than the page whose script asks.

        Tabs share one session: what stands in a page of Ann's is not Ben's once he signs in in another tab.
        """
        user, page_user = request.user, request.headers.get(PAGE_USER)
        if page_user is None or request.auth is not None or not user.is_authenticated:
            return
        if page_user != str(user.pk):
            raise NotAuthenticated(
                gettext("Somebody else is signed in in this browser now. Sign in again as yourself.")
            )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Authenticate, permit, run the handler (once for each `Idempotency-Key`), and render its answer."""
        self.args, self.kwargs = args, kwargs
        self.headers = self.default_response_headers
        self.request = asked = self.initialize_request(request, *args, **kwargs)
        key = None if request.method in SAFE_METHODS else request.headers.get(HEADER)
        try:
            if key is not None:
                _ = request.body  # kept to be compared: the CSRF check of a session's POST would leave nothing to read
            self.initial(asked, *args, **kwargs)
            if request.method not in self.allowed_methods:
                raise MethodNotAllowed(str(request.method))
            if key is None or not asked.user.is_authenticated:
                return self._answer()
            return run_once(request, asked.user, key, self._answer)
        except Exception as exc:  # DRF's contract: handle_exception answers what is expected and raises the rest
            return self.handle_exception(exc)

    def _answer(self) -> HttpResponseBase:
        """The rendered answer of the handler."""
        handler = getattr(self, str(self.request.method).lower())
        return self._render(handler(self.request, *self.args, **self.kwargs))

    def _render(self, response: HttpResponseBase) -> HttpResponseBase:
        """A plain response from DRF's deferred one, which would cost one more thread hop under ASGI."""
        if not isinstance(response, Response):
            return response
        renderer, media_type = self.request.accepted_renderer, self.request.accepted_media_type
        content = renderer.render(response.data, media_type, {"view": self, "request": self.request})
        plain = HttpResponse(content, status=response.status_code, headers=dict(response.headers))
        if content:
            plain["Content-Type"] = response.content_type or renderer.media_type
        else:
            del plain["Content-Type"]
        return plain


@cache
def _reader(serializer: Callable[..., Reader], many: bool, partial: bool) -> Reader:
    """One instance for all requests: building one costs more than all the rest of a small write."""
    return serializer(many=many, partial=partial)


def _unknown(reader: Reader | None, data: Any, path: str = "") -> Iterator[str]:
    """The dotted names in `data` that `reader` would silently drop."""
    if isinstance(reader, ListSerializer | ListField) and isinstance(data, list):
        for index, item in enumerate(data):
            yield from _unknown(reader.child, item, f"{path}{index}.")
    elif isinstance(reader, Serializer) and isinstance(data, Mapping):
        for name, part in data.items():
            taken = reader.fields.get(name)
            if taken is None or taken.read_only:
                yield f"{path}{name}"
            else:
                yield from _unknown(taken, part, f"{path}{name}.")


def if_match(request: HttpRequest | Request) -> int | None:
    """The version the writer read; None where none is named (`*` matches every one). InvalidInput (400)."""
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    version = VERSION.fullmatch(header)
    if version is None:
        raise InvalidInput.field("If-Match", gettext('One version as the ETag header gave it, such as "3".'))
    return int(version[1] or version[2])


def require_if_match(request: HttpRequest | Request) -> int:
    """The version the writer read. VersionMissing (428) where none is named; InvalidInput (400)."""
    version = if_match(request)
    if version is None:
        raise VersionMissing
    return version


def etag(version: int) -> str:
    """The strong ETag of a version."""
    return f'"{version}"'


def etagged(response: Answer, version: int) -> Answer:
    """`response` with the ETag of `version`."""
    response["ETag"] = etag(version)
    return response
