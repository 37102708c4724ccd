"""Endpoint of the log, as a list and as a stream."""

from typing import Any

from django.db import connection
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from annotations.accounts.models import ApiToken
from annotations.accounts.requests import ApiRequest
from annotations.audit.models import Event
from annotations.labelling.queries import visible_events
from annotations.live.stream import Reader, frames
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView

LAST_EVENT_ID = OpenApiParameter(
    "Last-Event-ID", str, OpenApiParameter.HEADER, description="For the stream: the last id you saw."
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
        parameters=[LAST_EVENT_ID],
        responses={
            (200, "application/json"): EventOut(many=True),
            (200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR, "Frames of kinds and ids."),
        },
    )
    def get(self, request: ApiRequest, slug: str) -> HttpResponseBase:
        """What I may know of, newest first; with `Accept: text/event-stream` the live stream."""
        project = membership_in(request.user, slug).project
        if "text/event-stream" not in request.headers.get("Accept", ""):
            return self.page(visible_events(request.user, project), event_out)
        if not connection.in_atomic_block:
            connection.close()  # else a stream would hold it until the reader leaves
        token = request.auth if isinstance(request.auth, ApiToken) else None
        reader = Reader(request.user, project.pk, request.session.session_key, token)
        response = StreamingHttpResponse(
            frames(reader, request.headers.get("Last-Event-ID")), content_type="text/event-stream"
        )
        response["Cache-Control"] = "no-store"
        response["X-Accel-Buffering"] = "no"
        return response
