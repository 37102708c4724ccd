"""Endpoints of notifications."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.errors import InvalidInput
from annotations.notifications import services
from annotations.notifications.models import Kind, Notification
from annotations.notifications.queries import listed, unwanted_kinds
from annotations.web.api import ApiView

UNREAD = OpenApiParameter("unread", bool, description="Only those that were not read.")


class NotificationOut(serializers.Serializer[Any]):
    """What somebody did that concerns me: `project` is its slug, the others are ids."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    project = serializers.CharField()
    actor = serializers.CharField()
    claim = serializers.CharField(allow_null=True)
    comment = serializers.CharField(allow_null=True)
    release = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class ReadIn(serializers.Serializer[Any]):
    """The newest that I saw; without it everything is read."""

    until = serializers.UUIDField(required=False, allow_null=True)


class ReadOut(serializers.Serializer[Any]):
    """How many were marked."""

    read = serializers.IntegerField()


class KindsIO(serializers.Serializer[Any]):
    """The kinds that I do not want to be told of."""

    unwanted = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices), max_length=100)


def notification_out(one: Notification) -> dict[str, Any]:
    """The notification as the API shows it."""
    ids = {name: getattr(one, f"{name}_id") for name in ("claim", "comment", "release")}
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "project": one.project.slug,
        "actor": one.actor.get_username(),
        "created_at": one.created_at,
        "read_at": one.read_at,
        **{name: str(key) if key else None for name, key in ids.items()},
    }


class NotificationList(ApiView):
    """My notifications."""

    ordering = ("-created_at", "-id")

    @extend_schema(operation_id="notification_list", parameters=[UNREAD], responses=NotificationOut(many=True))
    def get(self, request: ApiRequest) -> Response:
        """Newest first."""
        asked = request.query_params.get("unread", "false").lower()
        if asked not in ("true", "false"):
            raise InvalidInput.field("unread", _("Send %(yes)s or %(no)s.") % {"yes": "true", "no": "false"})
        rows = listed(request.user)
        return self.page(rows.filter(read_at=None) if asked == "true" else rows, notification_out)


class NotificationsRead(ApiView):
    """Marking all."""

    @extend_schema(operation_id="notifications_read", request=ReadIn, responses=ReadOut)
    def post(self, request: ApiRequest) -> Response:
        """Mark everything as read, or what came no later than `until`."""
        return Response({"read": services.mark_all_read(request.user, **self.body(ReadIn))})


class NotificationRead(ApiView):
    """Marking one."""

    @extend_schema(operation_id="notification_read", request=None, responses=NotificationOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Mark one as read."""
        return Response(notification_out(services.mark_read(request.user, notification_id=id)))


class NotificationKinds(ApiView):
    """What I want to be told of."""

    @extend_schema(operation_id="notification_kinds_read", responses=KindsIO)
    def get(self, request: ApiRequest) -> Response:
        """The kinds that I switched off."""
        return Response({"unwanted": unwanted_kinds(request.user)})

    @extend_schema(operation_id="notification_kinds_choose", request=KindsIO, responses=KindsIO)
    def put(self, request: ApiRequest) -> Response:
        """Switch these kinds off, and all others on."""
        return Response({"unwanted": services.choose_kinds(request.user, **self.body(KindsIO))})
