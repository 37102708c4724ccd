"""Endpoint of one article. Articles are added through `claims.api`, which proposes their units."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.articles.models import Article
from annotations.articles.queries import article_for, unresolved
from annotations.articles.services import LANGUAGE, PROVENANCE, complete_provenance, discard_article
from annotations.projects.access import Action, require
from annotations.web.api import ApiView, etagged, if_match


class ProvenanceIn(serializers.Serializer[Any]):
    """What is known of where a text came from."""

    title = serializers.CharField(max_length=500, required=False, allow_blank=True)
    url = serializers.URLField(max_length=2000, required=False, allow_blank=True)
    publisher = serializers.CharField(max_length=300, required=False, allow_blank=True)
    author = serializers.CharField(max_length=300, required=False, allow_blank=True)
    published_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.RegexField(
        f"^{LANGUAGE.pattern}$",
        max_length=35,
        required=False,
        error_messages={"invalid": _("Send a BCP 47 language tag such as en, ar or pt-BR.")},
    )


class ArticleOut(ProvenanceIn):
    """An article without its text."""

    id = serializers.CharField()
    project = serializers.CharField()
    sha256 = serializers.CharField()
    length = serializers.IntegerField(help_text="In Unicode code points.")
    status = serializers.ChoiceField(choices=Article.Status.choices)
    version = serializers.IntegerField()
    captured_at = serializers.DateTimeField()
    unresolved = serializers.ListField(child=serializers.CharField())


class ArticleTextOut(ArticleOut):
    """An article with its text."""

    text = serializers.CharField()


def article_out(article: Article) -> dict[str, Any]:
    """The article as the API lists it."""
    return {
        "id": str(article.pk),
        "project": article.project.slug,
        "sha256": article.sha256,
        "length": article.length,
        "status": article.status,
        "version": article.version,
        "captured_at": article.captured_at,
        "unresolved": unresolved(article),
        **{name: getattr(article, name) for name in PROVENANCE},
    }


class ArticleDetail(ApiView):
    """One article."""

    @extend_schema(operation_id="article_read", responses=ArticleTextOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """The text and its provenance."""
        article = article_for(request.user, id)
        return etagged(Response({**article_out(article), "text": article.text}), article.version)

    @extend_schema(operation_id="article_provenance", request=ProvenanceIn(partial=True), responses=ArticleOut)
    def patch(self, request: ApiRequest, id: UUID) -> Response:
        """Complete the provenance; the text never changes. `If-Match` is optional."""
        require(article_for(request.user, id).role, Action.EDIT_ARTICLES)
        article = complete_provenance(
            request.user, article_id=id, changes=self.body(ProvenanceIn), version=if_match(request)
        )
        return etagged(Response(article_out(article)), article.version)

    @extend_schema(operation_id="article_discard", responses={204: None})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Discard a draft with its units; 409 once it was opened."""
        discard_article(request.user, article_id=id)
        return Response(status=204)
