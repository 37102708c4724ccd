"""Endpoint of imports by address and as documents."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.importing import import_document, import_url
from annotations.projects.access import Action, require_member
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView
from annotations.web.rendering import JSONParser


class ImportIn(serializers.Serializer[Any]):
    """An address of a page; with `preview` it is only fetched and read."""

    url = serializers.URLField(max_length=2000)
    preview = serializers.BooleanField(default=False)


class DocumentIn(serializers.Serializer[Any]):
    """A document as a file: HTML, PDF, DOCX, WARC, text."""

    file = serializers.FileField()


class ImportOut(serializers.Serializer[Any]):
    """The job, whose result names the article; the snapshot is what it is read out of."""

    job = serializers.CharField()
    snapshot = serializers.CharField()


class ImportList(ApiView):
    """Imports into a project."""

    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(
        operation_id="article_import",
        request={"application/json": ImportIn, "multipart/form-data": DocumentIn},
        responses={202: ImportOut},
    )
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Fetch an address, or read a file, into a new article."""
        require_member(membership_in(request.user, slug), Action.EDIT_ARTICLES)
        file = request.FILES.get("file")
        if file is None:
            snapshot = import_url(request.user, slug=slug, **self.body(ImportIn))
        else:
            about: dict[str, Any] = {"name": file.name or "", "media_type": file.content_type or ""}
            snapshot = import_document(request.user, slug=slug, content=file.chunks(), **about)
        return Response({"job": str(snapshot.job_id), "snapshot": str(snapshot.pk)}, status=202)
