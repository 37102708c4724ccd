"""Endpoint of presence: who else has an article open."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.models import User
from annotations.accounts.requests import ApiRequest
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.live import presence
from annotations.web.api import ApiView


class PresenceOut(serializers.Serializer[Any]):
    """The others who are here, by name; `shown` says whether the project shows this at all."""

    shown = serializers.BooleanField()
    people = serializers.ListField(child=serializers.CharField())


class ArticlePresence(ApiView):
    """Who else has the article open."""

    @extend_schema(operation_id="presence_read", responses=PresenceOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """The others who are here."""
        return _told(request.user, article_for(request.user, id))

    @extend_schema(operation_id="presence_say", request=None, responses=PresenceOut)
    def put(self, request: ApiRequest, id: UUID) -> Response:
        """Say that I am here, for a minute; and the others who are here."""
        return _told(request.user, presence.be_here(request.user, article_id=id))

    @extend_schema(operation_id="presence_end", responses={204: None})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Say that I have left."""
        presence.leave(request.user, article_id=id)
        return Response(status=204)


def _told(user: User, article: Article) -> Response:
    return Response({"shown": article.project.presence, "people": presence.others_here(user, article)})
