"""JSON of others, whose shape nobody vouches for: read strictly, and taken apart without trust. Pure."""

from collections.abc import Iterator
from typing import Any

import orjson

from annotations.articles.normalisation import TextRejected, decode
from annotations.importing.outside import Aside, Unreadable, shown
from annotations.messages import gettext as _

_BOM = "\ufeff"


def text_of(body: bytes) -> str:
    """The file as text, without its byte order mark. Unreadable where it is neither UTF-8 nor UTF-16."""
    try:
        return decode(body).removeprefix(_BOM)
    except TextRejected as error:
        raise Unreadable(error.message) from None


def whole(body: bytes) -> Any:
    """The one value of a JSON file. Unreadable where it is none: cut off, too deep, NaN, half a character."""
    try:
        return orjson.loads(text_of(body))
    except orjson.JSONDecodeError as error:
        told = _("The file is not JSON: %(why)s.", why=shown(str(error)))
        raise Unreadable(told) from None


def lines(body: bytes) -> Iterator[tuple[str, dict[str, Any] | Aside]]:
    """The objects of a file with one on each line, each with its place; what is no object is left aside."""
    for number, line in enumerate(text_of(body).split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield place, Aside(place, _("This line is not JSON: %(why)s.", why=shown(str(error))))
            continue
        yield place, value if isinstance(value, dict) else Aside(place, _("This line is no JSON object."))


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def word(value: Any) -> str:
    """The value where it is a text, or a number's digits; else nothing."""
    if isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def number(value: Any) -> int | None:
    """The value where it is a whole number, also one in a text; else None. It may be negative."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().removeprefix("-").isdecimal() and len(value) < 20:
        return int(value)
    return None
