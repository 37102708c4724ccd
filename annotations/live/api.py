"""Endpoint of the log, as a list and as a stream."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from annotations.accounts.models import ApiToken
from annotations.accounts.requests import ApiRequest
from annotations.audit.models import Event
from annotations.errors import InvalidInput
from annotations.labelling.queries import visible_events
from annotations.live.looking import Reader
from annotations.live.stream import frames
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView

LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID", str, OpenApiParameter.HEADER, description="For the stream: the last id you saw."
)

LONGEST = 24 * 60 * 60
SECONDS = OpenApiParameter(
    "seconds",
    {"type": "integer", "minimum": 0, "maximum": LONGEST},
    description="For a stream without Last-Event-ID: begin with what happened in the last so many seconds.",
)


class EventOut(serializers.Serializer[Any]):
    """Who did what, when, to which thing."""

    id = serializers.CharField()
    actor = serializers.CharField(allow_null=True)
    verb = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.CharField()
    article = serializers.CharField(allow_null=True)
    claim = serializers.CharField(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    at = serializers.DateTimeField()


def event_out(event: Event) -> dict[str, Any]:
    """The event as the API shows it."""
    return {
        "id": str(event.pk),
        "actor": event.actor.get_username() if event.actor else None,
        "verb": event.verb,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "article": str(event.article_id) if event.article_id else None,
        "claim": str(event.claim_id) if event.claim_id else None,
        "data": event.data,
        "at": event.at,
    }


class EventList(ApiView):
    """The log of a project."""

    ordering = ("-at", "-id")

    @extend_schema(
        operation_id="event_list",
        parameters=[LAST_EVENT_ID, SECONDS],
        responses={
            (200, "application/json"): EventOut(many=True),
            (200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR, "Frames of kinds and ids."),
        },
    )
    def get(self, request: ApiRequest, slug: str) -> HttpResponseBase:
        """What I may know of, newest first; with `Accept: text/event-stream` the live stream."""
        membership = membership_in(request.user, slug)
        project, since = membership.project, _since(request.query_params.get("seconds"))
        if "text/event-stream" not in request.headers.get("Accept", ""):
            return self.page(visible_events(request.user, project), event_out)
        if not connection.in_atomic_block:
            connection.close()  # else a stream would hold it until the reader leaves
        token = request.auth.pk if isinstance(request.auth, ApiToken) else None
        reader = Reader(request.user, project.pk, membership.role, request.session.session_key, token)
        last_id = request.headers.get("Last-Event-ID")
        response = StreamingHttpResponse(frames(reader, last_id, since), content_type="text/event-stream")
        response["Cache-Control"] = "no-store"
        response["X-Accel-Buffering"] = "no"
        return response


def _since(seconds: str | None) -> datetime | None:
    """The time so many seconds ago."""
    if seconds is None:
        return None
    if seconds.isascii() and seconds.isdigit() and len(seconds) < 10 and int(seconds) <= LONGEST:
        return timezone.now() - timedelta(seconds=int(seconds))
    raise InvalidInput.field("seconds", _("A whole number from 0 to %(most)s.") % {"most": LONGEST})
