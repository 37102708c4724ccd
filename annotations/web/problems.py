"""Every refusal of the API as RFC 9457 problem details, in one place.

`type` is `/problems/<code>`: a stable identifier that also leads to its explanation.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from annotations.errors import InvalidInput, NotPermitted, NotVisible, TooLarge, WorkbenchError
from annotations.web.rendering import dumps

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
WHOLE = "body"  # the name under which faults of the whole body are listed
# PostgreSQL gave up one of several transactions that wanted the same rows; sent again, it goes through.
CONTENTION = {"40001": "serialization", "40P01": "deadlock", "55P03": "lock", "57014": "timeout"}


@dataclass(frozen=True)
class Kind:
    """What all problems of one code have in common; `meaning` is for the documentation."""

    code: str
    status: int
    title: str | Promise
    meaning: str | Promise


@dataclass
class Problem:
    """One refusal on its way out."""

    kind: Kind
    detail: str | Promise
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The members of the problem document; `extra` never replaces a standard one."""
        document = {
            **self.extra,
            "type": f"/problems/{self.kind.code}",
            "title": str(self.kind.title),
            "status": self.kind.status,
            "detail": str(self.detail),
        }
        if self.errors:
            document["errors"] = dict(self.errors)
        return document

    def response(self) -> HttpResponse:
        """The problem document as an answer that nobody stores."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(dumps(self.document()), CONTENT_TYPE, self.kind.status, headers=headers)


def _kind(error: type[WorkbenchError]) -> Kind:
    """The kind of an anticipated error, explained by its own docstring."""
    meaning = (error.__doc__ or "").partition(": ")[2].strip()
    return Kind(error.code, error.status, error.title, meaning[:1].upper() + meaning[1:])


# A meaning that is also said to people is translated; the others stand in the documentation alone, which is English.
BAD_REQUEST = Kind("bad-request", 400, _("The request cannot be read"), _("The body or the query is malformed."))
NOT_SIGNED_IN = Kind("not-signed-in", 401, _("Sign in first"), "No valid token or session came with the request.")
METHOD = Kind("method-not-allowed", 405, _("Not a method of this address"), "The Allow header names those there are.")
NOT_ACCEPTABLE = Kind("not-acceptable", 406, _("No such form"), "The Accept header names no form this address has.")
MEDIA_TYPE = Kind("unsupported-media-type", 415, _("Not a form this address reads"), "Send JSON, unless it says more.")
THROTTLED = Kind("too-many-requests", 429, _("Too many requests"), "Wait as long as the Retry-After header says.")
FAILED = Kind(
    "failed", 500, _("Something broke"), _("A fault of the workbench; nothing was saved. It has been logged.")
)
BUSY = Kind(
    "busy", 503, _("Too busy just now"), _("Others wrote the same rows at that moment; nothing was saved. Send again.")
)
UNAVAILABLE = Kind("unavailable", 503, _("The database is away"), _("Nothing was saved. Send again a little later."))

FRAMEWORK: dict[type[exceptions.APIException], Kind] = {
    exceptions.NotAuthenticated: NOT_SIGNED_IN,
    exceptions.AuthenticationFailed: NOT_SIGNED_IN,
    exceptions.PermissionDenied: _kind(NotPermitted),
    exceptions.MethodNotAllowed: METHOD,
    exceptions.NotAcceptable: NOT_ACCEPTABLE,
    exceptions.UnsupportedMediaType: MEDIA_TYPE,
    exceptions.Throttled: THROTTLED,
}


def kinds() -> list[Kind]:
    """Every kind of problem there is, by status, for the documentation, which is in English."""
    own = [_kind(error) for error in WorkbenchError.__subclasses__()]
    rest = [BAD_REQUEST, NOT_SIGNED_IN, METHOD, NOT_ACCEPTABLE, MEDIA_TYPE, THROTTLED, FAILED, BUSY, UNAVAILABLE]
    with override("en"):
        english = [replace(kind, title=str(kind.title), meaning=str(kind.meaning)) for kind in [*own, *rest]]
    return sorted(english, key=lambda kind: (kind.status, kind.code))


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's hook: the answer to an exception, or None for one that nobody expected (which is a bug, and a 500)."""
    problem = problem_for(exc)
    if problem is None:
        return None
    if problem.kind is METHOD and context.get("view"):
        problem.headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return problem.response()


def problem_response(error: WorkbenchError) -> HttpResponse:
    """The answer to an anticipated error."""
    return anticipated(error).response()


def problem_for(exc: BaseException) -> Problem | None:
    """The problem an exception stands for; None where it is unexpected."""
    if isinstance(exc, WorkbenchError):
        return anticipated(exc)
    if isinstance(exc, exceptions.APIException):
        return _of_framework(exc)
    if isinstance(exc, OperationalError | InterfaceError):
        return _of_database(exc)
    return _of_django(exc)


def anticipated(error: WorkbenchError) -> Problem:
    """The problem of an anticipated error."""
    return Problem(_kind(type(error)), error.detail, error.errors, error.extra)


def _of_framework(exc: exceptions.APIException) -> Problem:
    """What Django REST framework refuses by itself."""
    if isinstance(exc, exceptions.ValidationError):
        return _invalid(dict(_flat(exc.detail)))
    if isinstance(exc, exceptions.NotFound):
        return anticipated(NotVisible())
    other = BAD_REQUEST if exc.status_code < 500 else FAILED
    kind = next((kind for known, kind in FRAMEWORK.items() if isinstance(exc, known)), other)
    problem = Problem(kind, _sentence(exc.detail))
    if kind is NOT_SIGNED_IN:
        problem.headers["WWW-Authenticate"] = "Token"
    if kind is THROTTLED:
        problem.headers["Retry-After"] = str(int(getattr(exc, "wait", None) or 1))
    return problem


def _of_django(exc: BaseException) -> Problem | None:
    """What Django refuses by itself; None for what is no refusal."""
    match exc:
        case Http404():
            return anticipated(NotVisible())
        case PermissionDenied():
            return Problem(_kind(NotPermitted), str(exc) or gettext("You may not do this."))
        case DjangoValidationError():
            return _invalid(exc.message_dict if hasattr(exc, "error_dict") else {WHOLE: exc.messages})
        case RequestDataTooBig():
            return anticipated(TooLarge(gettext("This is larger than what is taken in one piece.")))
        case SuspiciousOperation() | UnreadablePostError():
            return Problem(BAD_REQUEST, gettext("The request is malformed, or it ended too early."))
    return None


def _of_database(exc: OperationalError | InterfaceError) -> Problem:
    """A database that is away, or that gave up one of several writers."""
    state = getattr(exc.__cause__, "sqlstate", None)
    logger.error("The database refused a request (%s)", CONTENTION.get(state or "", "unavailable"), exc_info=exc)
    kind, seconds = (BUSY, "1") if state in CONTENTION else (UNAVAILABLE, "5")
    return Problem(kind, kind.meaning, headers={"Retry-After": seconds})


def _invalid(errors: dict[str, list[str]]) -> Problem:
    """Fields to mend; one alone is told in the detail as well."""
    if len(errors) == 1:
        [(name, sentences)] = errors.items()
        detail = sentences[0] if name == WHOLE else f"{name}: {sentences[0]}"
    else:
        many = ngettext("%(n)d field needs mending: %(names)s.", "%(n)d fields need mending: %(names)s.", len(errors))
        detail = many % {"n": len(errors), "names": ", ".join(errors)}
    return Problem(_kind(InvalidInput), detail, errors)


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """The sentences of nested error details by dotted name: `claims.0.start`."""
    if isinstance(detail, dict):
        for name, part in detail.items():
            whole = name == "non_field_errors"
            yield from _flat(part, path if whole else f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        for index, part in enumerate(detail):
            yield from _flat(part, f"{path}.{index}" if path else str(index))
    elif detail:
        yield path or WHOLE, [str(sentence) for sentence in (detail if isinstance(detail, list) else [detail])]


def _sentence(detail: Any) -> str:
    """The first sentence of whatever shape of detail."""
    return next((sentences[0] for _, sentences in _flat(detail)), gettext("The request cannot be carried out."))
