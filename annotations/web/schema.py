"""What the OpenAPI document says beside what the views declare: problems, security and shared headers."""

from collections.abc import Collection
from inspect import unwrap
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from annotations.web import problems
from annotations.web.idempotency import HEADER, PATTERN

SAFE = {"GET", "HEAD", "OPTIONS"}

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": f"^{PATTERN}$"},
    OpenApiParameter.HEADER,
    description="A name of your own for this write. Sent again within 24 hours, it is answered alike and done once.",
)
_IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "type": {"type": "string", "pattern": r'^"\d{1,9}"$'},
    "location": OpenApiParameter.HEADER,
    "description": "The version you read, as its ETag gave it.",
}
IF_MATCH = OpenApiParameter(**_IF_MATCH, required=True)
IF_MATCH_OPTIONAL = OpenApiParameter(**_IF_MATCH)


def filtered(name: str, values: Collection[str], what: str) -> OpenApiParameter:
    """A parameter of a list's query that narrows it; the view reads it with `ApiView.asked`."""
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.QUERY, enum=list(values), description=what)


PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details. Members beside these depend on the type.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Which problem: /problems/<code>."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "errors": {
            "type": "object",
            "description": "Sentences by field; dots lead into lists and objects.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "additionalProperties": True,
}


class ProblemSchema(AutoSchema):
    """Adds the problems an operation can answer with, and `Idempotency-Key` to writes.

    A view declares the rest with `@extend_schema`. `If-Match` is documented because the handler calls `if_match` or
    `require_if_match`, so that nobody can forget it; it brings 412 and 428 along.
    """

    def get_override_parameters(self) -> list[Any]:
        """What every write has, and `If-Match` where the handler reads it."""
        if self.method in SAFE:
            return []
        read = unwrap(getattr(self.view, self.method.lower())).__code__.co_names
        versions = {"require_if_match": IF_MATCH, "if_match": IF_MATCH_OPTIONAL}
        return [IDEMPOTENCY_KEY, *(parameter for name, parameter in versions.items() if name in read)]

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """Members that a request may not have are refused, so nothing beside the named ones is allowed."""
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # an untyped library
        return {**schema, "additionalProperties": False} if direction == "request" else schema

    def _get_paginator(self) -> Any:
        """Lists that are read come in pages; a list that answers a write is whole."""
        if self.method not in SAFE:
            return None
        return super()._get_paginator()  # type: ignore[no-untyped-call]  # an untyped library

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        """The operation with the problems it can answer with."""
        operation: dict[str, Any] | None = super().get_operation(*args)
        if operation is None:
            return None
        kind = ResolvedComponent.SCHEMA
        problem = ResolvedComponent("Problem", kind, PROBLEM, "Problem")  # type: ignore[no-untyped-call]  # an untyped library
        self.registry.register_on_missing(problem)
        content = {problems.CONTENT_TYPE: {"schema": problem.ref}}
        responses = operation["responses"]
        for status in sorted(self._refusals(operation)):
            responses.setdefault(str(status), {"description": _titles(status), "content": content})
        return operation

    def _refusals(self, operation: dict[str, Any]) -> set[int]:
        """The statuses this operation can refuse with."""
        match = {one["name"]: one.get("required", False) for one in operation.get("parameters", [])}.get("If-Match")
        conditions = {
            401: {} not in operation.get("security", [{}]),
            403: {} not in operation.get("security", [{}]),
            404: "{" in self.path,
            406: len(self.view.get_renderers()) > 1,
            409: self.method not in SAFE or getattr(self.view, "reads_need_a_state", False),
            412: match is not None,
            413: self.method not in SAFE,
            415: "requestBody" in operation,
            428: match is True,
        }
        return {400, 503} | {status for status, possible in conditions.items() if possible}


def _titles(status: int) -> str:
    """What a status can mean."""
    return "; ".join(str(kind.title) for kind in problems.kinds() if kind.status == status)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself when defined
    """How programs sign in."""

    target_class = "annotations.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002  # the library's call
        """The header of a token."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Token` and your key."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself when defined
    """How browsers sign in; their writes carry the CSRF token as well."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002  # the library's call
        """The cookie of a session."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
