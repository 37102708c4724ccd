"""Endpoint of searching."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.errors import InvalidInput
from annotations.projects.queries import membership_in
from annotations.search.marking import Piece, pattern_of
from annotations.search.queries import ORDERING, Kind, found
from annotations.search.results import Result, result_of
from annotations.search.terms import LONGEST, terms_of
from annotations.web.api import ApiView

KINDS = [kind.value for kind in Kind]
Q = OpenApiParameter("q", str, required=True, description=f"Words that all have to be there, {LONGEST} characters.")
KIND = OpenApiParameter("kind", str, enum=KINDS, description="Only this kind.")


class PieceOut(serializers.Serializer[Any]):
    """A piece of text, and whether it is what was looked for."""

    text = serializers.CharField()
    hit = serializers.BooleanField()


class ResultOut(serializers.Serializer[Any]):
    """Something that was found. `title` and `excerpt` are texts in pieces; `article` is the one a claim stands in."""

    kind = serializers.ChoiceField(choices=KINDS)
    id = serializers.CharField()
    title = PieceOut(many=True)
    excerpt = PieceOut(many=True)
    article = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)


def result_out(result: Result) -> dict[str, Any]:
    """The result as the API shows it."""
    return {
        "kind": result.kind.value,
        "id": str(result.id),
        "title": list(map(Piece._asdict, result.title)),
        "excerpt": list(map(Piece._asdict, result.around)),
        "article": str(result.article.pk) if result.article else None,
        "status": result.status or None,
    }


class Search(ApiView):
    """Searching a project."""

    ordering = ORDERING

    @extend_schema(operation_id="search", parameters=[Q, KIND], responses=ResultOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Claims, then articles, then sources that I may see and that have every word; 400 without a word."""
        project = membership_in(request.user, slug).project
        query, kind = request.query_params.get("q", ""), request.query_params.get("kind")
        terms = terms_of(query)
        if not terms:
            raise InvalidInput.field("q", _("Name at least one word to look for."))
        if len(query) > LONGEST:
            raise InvalidInput.field("q", _("At most %(most)s characters.") % {"most": LONGEST})
        if kind is not None and kind not in KINDS:
            raise InvalidInput.field("kind", _("One of %(values)s.") % {"values": ", ".join(KINDS)})
        pattern = pattern_of(terms)
        rows: Any = found(request.user, project, terms, [Kind(kind)] if kind else Kind)  # pages as a queryset does
        return self.page(rows, lambda row: result_out(result_of(row, pattern)))
