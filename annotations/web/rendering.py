"""JSON in and out, and which of several renderings a request gets."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

import orjson
from django.http import UnreadablePostError
from django.utils.functional import Promise
from django.utils.translation import gettext
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from annotations.errors import InvalidInput, TooLarge

MAX_BODY = 16 * 1024 * 1024  # bytes
MAX_DEPTH = 64  # orjson reads 1024 levels and writes 254: what is taken in must be able to come out again


def _plain(value: object) -> object:
    """The JSON form of what orjson does not know by itself."""
    if isinstance(value, Promise | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} has no JSON form.")


def dumps(data: Any) -> bytes:
    """`data` as compact UTF-8 JSON; times, which Django hands out in UTC, with a Z; NaN as null.

    TypeError for what has no JSON form.
    """
    return orjson.dumps(data, _plain, orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def loads(body: bytes) -> Any:
    """The value that `body` says.

    ParseError (400) names the place of what is no JSON; InvalidInput (400) names the field that carries a NUL.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ParseError(_misread(body, error)) from None
    # An upper bound that costs nothing decides whether the slow walk is needed at all.
    if b"\\u0000" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _refuse_nul_and_depth(value)
    return value


def _misread(body: bytes, error: orjson.JSONDecodeError) -> str:
    """One sentence about why and where `body` is no JSON."""
    try:
        body.decode()
    except UnicodeDecodeError as wrong:
        told = gettext("The body is not UTF-8: byte %(place)s (0x%(byte)s) does not belong there.")
        return told % {"place": wrong.start, "byte": f"{body[wrong.start]:02x}"}
    told = gettext("The body is not JSON: %(why)s at line %(line)s, column %(column)s.")
    return told % {"why": error.msg, "line": error.lineno, "column": error.colno}


def _refuse_nul_and_depth(value: Any) -> None:
    """Refuse (400) a NUL character, which no text column can hold, and nesting nobody can have meant."""
    pending: list[tuple[str, int, Any]] = [("", 1, value)]
    while pending:
        path, depth, item = pending.pop()
        if isinstance(item, str):
            if "\0" in item:
                told = gettext("NUL character at position %(place)s: remove it.") % {"place": item.index("\0")}
                raise InvalidInput.field(path or "body", told)
        elif isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                raise ParseError(gettext("The body is nested more than %(n)s levels deep.") % {"n": MAX_DEPTH})
            pending += [(f"{path}.{name}" if path else name, depth + 1, part) for name, part in _parts(item)]


def _parts(item: dict[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    """The members of an object or array with their names; a NUL in a name is refused with the value's field."""
    if isinstance(item, list):
        yield from ((str(index), part) for index, part in enumerate(item))
        return
    for name, part in item.items():
        if "\0" in name:
            raise ParseError(gettext("A field name carries a NUL character: remove it."))
        yield name, part


class JSONRenderer(BaseRenderer):
    """Compact UTF-8 JSON."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        """The bytes of `data`; none at all for None."""
        return b"" if data is None else dumps(data)


class JSONParser(BaseParser):
    """JSON bodies of at most `MAX_BODY` bytes, in UTF-8 as RFC 8259 has it."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], *_: Any, **__: Any) -> Any:
        """The value of the body. TooLarge (413), ParseError and InvalidInput (400)."""
        try:
            body = stream.read(MAX_BODY + 1)
        except UnreadablePostError:
            raise ParseError(gettext("The connection ended before the whole body had arrived.")) from None
        if len(body) > MAX_BODY:
            raise TooLarge(gettext("A JSON body may have %(n)s MB at most.") % {"n": MAX_BODY // 1024 // 1024})
        return loads(body)


class Negotiation(DefaultContentNegotiation):
    """JSON whatever `Accept` says, where a view has one rendering; the usual choice (or 406) where it has more."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The rendering to use and its media type."""
        first, *others = renderers
        if not others:
            return first, first.media_type
        chosen: tuple[BaseRenderer, str] = super().select_renderer(request, [first, *others], format_suffix)
        return chosen
