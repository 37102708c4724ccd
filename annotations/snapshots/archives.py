"""Copies in an outside archive, asked for as the Internet Archive's Save Page Now 2 is asked.

`POST /save` answers with a job's id, `GET /save/status/ID` with how it stands. Pure but for the exchange it is given.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import orjson

from annotations.fetching.asking import Sending
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed
from annotations.messages import gettext as _

_TICKET = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")
_MOMENT = re.compile(r"[0-9]{14}")

Exchange = Callable[[str, Sending], tuple[int, bytes]]


@dataclass(frozen=True)
class Standing:
    """How a copy stands: made (`copy` is its address), or asked for under `ticket`."""

    ticket: str = ""
    copy: str = ""
    at: datetime | None = None


def ask(service: str, key: str, url: str, exchange: Exchange) -> Standing:
    """Have a page copied. Failed (`archive`) where the archive does not take it now, Refused where it never will."""
    content = urlencode({"url": url, "skip_first_archive": 1}).encode()
    headers = (*_headers(key), ("Content-Type", "application/x-www-form-urlencoded"))
    answer = _answer(*exchange(f"{service}/save", Sending("POST", content, headers)))
    ticket = answer.get("job_id")
    if not isinstance(ticket, str) or not _TICKET.fullmatch(ticket):
        raise Failed("archive", _("The archive did not take it: %(why)s", why=_told(answer)))
    return Standing(ticket=ticket)


def look(service: str, key: str, ticket: str, exchange: Exchange) -> Standing:
    """How a copy stands that was asked for; Refused (`archive`) where it cannot be made."""
    path = f"{service}/save/status/{ticket}"
    answer = _answer(*exchange(path, Sending(headers=_headers(key))))
    status = answer.get("status")
    if status == "pending":
        return Standing(ticket=ticket)
    moment, original = str(answer.get("timestamp", "")), answer.get("original_url")
    if status != "success" or not isinstance(original, str) or not original.isprintable():
        raise Refused("archive", _("The archive could not copy it: %(why)s", why=_told(answer)))
    try:
        if not _MOMENT.fullmatch(moment):
            raise ValueError("no moment")
        at = datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise Failed("archive", _("The archive did not say when it made its copy.")) from None
    return Standing(ticket=ticket, copy=f"{service}/web/{moment}/{original}"[:4000], at=at)


def _headers(key: str) -> tuple[tuple[str, str], ...]:
    accept = ("Accept", "application/json")
    return (accept, ("Authorization", f"LOW {key}")) if key else (accept,)


def _answer(status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(body)
    except ValueError:
        answer = None
    if status >= 400 or not isinstance(answer, dict):
        raise Failed("archive", _("The archive answered with status %(n)s.", n=status))
    return answer


def _told(answer: dict[str, Any]) -> str:
    """What the archive says of it, as far as it can be shown."""
    said = str(answer.get("message") or answer.get("status_ext") or answer.get("status") or "")[:300]
    return "".join(letter for letter in said if letter.isprintable())
