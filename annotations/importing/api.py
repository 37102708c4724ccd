"""Endpoint of imports: articles by address and as documents, and what other annotation tools made."""

from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.importing import import_document, import_url
from annotations.claims.units import Unit
from annotations.importing import services
from annotations.importing.formats import FORMATS
from annotations.projects.access import Action, require_member
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView
from annotations.web.rendering import JSONParser

AUTO = "auto"


class ImportIn(serializers.Serializer[Any]):
    """An address of a page; with `preview` it is only fetched and read."""

    url = serializers.URLField(max_length=2000)
    preview = serializers.BooleanField(default=False)


class NamesField(serializers.CharField):
    """What label names mean here, as a JSON object in a text, since the file goes beside it."""

    def to_internal_value(self, data: Any) -> Any:
        """The object."""
        try:
            names = orjson.loads(super().to_internal_value(data))
        except orjson.JSONDecodeError:
            names = None
        if not isinstance(names, dict):
            raise serializers.ValidationError(_("A JSON object: a label name of the file, and what it means here."))
        return names


class FileIn(serializers.Serializer[Any]):
    """A file. Without a `format` it is a document (HTML, PDF, DOCX, WARC, text) that becomes an article.

    With one it is what another tool made, or a release; `auto` finds out which. `unit` is what its offsets count where
    that is not what the format says. `labels` (a JSON object) says what its label names mean here, null leaving
    such spans out.
    """

    file = serializers.FileField(allow_empty_file=True)
    format = serializers.ChoiceField(choices=[AUTO, *FORMATS], required=False)
    dry_run = serializers.BooleanField(default=False)
    unit = serializers.ChoiceField(choices=[(unit.value, unit.value) for unit in Unit], required=False)
    labels = NamesField(required=False, max_length=100_000)


class ImportOut(serializers.Serializer[Any]):
    """The job, whose result names what was made; the snapshot a document is read out of, or the import."""

    job = serializers.CharField()
    snapshot = serializers.CharField(required=False)


class NameOut(serializers.Serializer[Any]):
    """A label name of the file, how often it was given, and which of our labels it means."""

    name = serializers.CharField()
    means = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


class AnnotatorOut(serializers.Serializer[Any]):
    """Somebody whose labels the file has."""

    name = serializers.CharField()
    count = serializers.IntegerField()


class LabelsOut(serializers.Serializer[Any]):
    """The labels of the file: kept beside the claims, and counting for nobody."""

    read = serializers.IntegerField()
    names = NameOut(many=True)
    annotators = AnnotatorOut(many=True)


class ArticlePreviewOut(serializers.Serializer[Any]):
    """One text of the file; `article` is the one of the project that has it already."""

    item = serializers.CharField()
    article = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    claims = serializers.IntegerField()


class AsideOut(serializers.Serializer[Any]):
    """One item that is not brought in, and why."""

    item = serializers.CharField()
    detail = serializers.CharField()


class ReleasePreviewOut(serializers.Serializer[Any]):
    """The release a zip has."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    public_id = serializers.CharField()
    claims = serializers.IntegerField()
    files = serializers.IntegerField()


class PreviewOut(serializers.Serializer[Any]):
    """What bringing a file in would make; of a release, `release` alone."""

    format = serializers.ChoiceField(choices=FORMATS)
    release = ReleasePreviewOut(required=False)
    articles = serializers.IntegerField(required=False)
    articles_here = serializers.IntegerField(required=False)
    claims = serializers.IntegerField(required=False)
    claims_here = serializers.IntegerField(required=False)
    sources = serializers.IntegerField(required=False)
    sources_here = serializers.IntegerField(required=False)
    left_out = serializers.IntegerField(required=False)
    rejected = serializers.IntegerField(required=False)
    labels = LabelsOut(required=False)
    settled = serializers.IntegerField(required=False)
    verdicts = serializers.IntegerField(required=False)
    notes = serializers.ListField(child=serializers.CharField(), required=False)
    preview = ArticlePreviewOut(many=True, required=False)
    errors = AsideOut(many=True, required=False)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class


class ImportList(ApiView):
    """Imports into a project."""

    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(
        operation_id="article_import",
        request={"application/json": ImportIn, "multipart/form-data": FileIn},
        responses={200: PreviewOut, 202: ImportOut},
    )
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Fetch an address, or read a file: into a new article, or what another tool made into many.

        With `dry_run` (and a `format`) nothing is written: 200 with what would be made.
        """
        require_member(membership_in(request.user, slug), Action.EDIT_ARTICLES)
        if "file" not in request.FILES:
            snapshot = import_url(request.user, slug=slug, **self.body(ImportIn))
            return _begun(snapshot.job_id, snapshot=str(snapshot.pk))
        given = self.body(FileIn)
        file: UploadedFile[bytes] = given.pop("file")
        if "format" in given:
            return self._outside(request, slug, file, given)
        about: dict[str, Any] = {"name": file.name or "", "media_type": file.content_type or ""}
        snapshot = import_document(request.user, slug=slug, content=file.chunks(), **about)
        return _begun(snapshot.job_id, snapshot=str(snapshot.pk))

    def _outside(self, request: ApiRequest, slug: str, file: "UploadedFile[bytes]", given: dict[str, Any]) -> Response:
        form = given["format"] if given["format"] != AUTO else ""
        how: dict[str, Any] = {"form": form, "unit": given.get("unit", ""), "names": given.get("labels")}
        if given["dry_run"]:
            return Response(services.look(request.user, slug=slug, content=file.chunks(), **how))
        kept = services.keep_file(request.user, slug=slug, content=file.chunks(), name=file.name or "", **how)
        return _begun(services.begin(request.user, import_id=kept.pk).pk)


def _begun(job: Any, **more: str) -> Response:
    return Response({"job": str(job), **more}, status=202)
