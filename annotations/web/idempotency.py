"""`Idempotency-Key`: a write that is sent twice is carried out once, and answered twice alike.

The key is inserted, the write carried out and its answer stored in one transaction. A twin that comes meanwhile waits
at the unique index until the first has ended: it then finds the stored answer, or, where the first was refused and
rolled back, takes its place. A request without the header costs nothing.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import InvalidInput, WrongState
from annotations.web.models import IdempotencyKey

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
PATTERN = "[ -~]{1,255}"

# The update touches nothing; it makes the statement return the row that stands, and lock it. A row without a status
# is the one just inserted, for no other is ever committed without.
CLAIM = """
    INSERT INTO annotations_idempotencykey AS kept
        (user_id, key, method, path, request_sha256, headers, body, created_at)
    VALUES (%s, %s, %s, %s, %s, '{}', '', %s)
    ON CONFLICT (user_id, key) DO UPDATE SET key = kept.key
    RETURNING id, method, path, request_sha256, status, headers, body
"""
ANSWER = "UPDATE annotations_idempotencykey SET status = %s, headers = %s, body = %s WHERE id = %s"


def run_once(
    request: HttpRequest, user: AbstractBaseUser, key: str, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What `answer()` says, or what it said to the same request under the same key before.

    Whatever `answer` raises rolls back its writes and frees the key; so does an answer that is no success free it.
    InvalidInput (400) for a malformed key; WrongState (409) for one that was used for another request.
    """
    if not re.fullmatch(PATTERN, key):
        raise InvalidInput.field(HEADER, _("From 1 to 255 printable ASCII characters, such as a UUID."))
    with transaction.atomic():
        kept = _claim(user.pk, key, request)
        if kept["status"] is not None:
            return _replay(kept, request)
        response = answer()
        _keep(kept["id"], response)
        return response


def purge_idempotency_keys() -> int:
    """Forget the answers that are older than `KEPT`; how many they were."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _claim(user_id: Any, key: str, request: HttpRequest) -> dict[str, Any]:
    """The row of this key: a new one, or the one that stands."""
    values = [user_id, key, request.method, request.get_full_path(), _fingerprint(request), timezone.now()]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        row = cursor.fetchone()
        return dict(zip((column.name for column in cursor.description), row, strict=True))


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 of the body, without the boundary of a multipart form, which differs each time it is sent."""
    body = request.body
    if boundary := re.search(r'boundary="?([^";,]+)', request.headers.get("Content-Type", "")):
        body = body.replace(boundary[1].encode(), b"")
    return hashlib.sha256(body).hexdigest()


def _replay(kept: dict[str, Any], request: HttpRequest) -> HttpResponse:
    """The stored answer, if the request is the one it answered."""
    if (kept["method"], kept["path"]) != (request.method, request.get_full_path()):
        told = _("This %(header)s was used for %(request)s: take a new one.")
        raise WrongState(told % {"header": HEADER, "request": f"{kept['method']} {kept['path']}"})
    if kept["request_sha256"] != _fingerprint(request):
        told = _("This %(header)s was used for the same address with another body: take a new one.")
        raise WrongState(told % {"header": HEADER})
    headers = {**orjson.loads(kept["headers"]), "Idempotent-Replayed": "true"}
    return HttpResponse(bytes(kept["body"]), status=kept["status"], headers=headers)


def _keep(pk: int, response: HttpResponseBase) -> None:
    """Store a success; forget the key of everything else, so that it may be used again."""
    if not isinstance(response, HttpResponse) or not 200 <= response.status_code < 300:
        IdempotencyKey.objects.filter(pk=pk).delete()
        return
    headers = orjson.dumps({name: response[name] for name in KEPT_HEADERS if name in response}).decode()
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, [response.status_code, headers, response.content, pk])
