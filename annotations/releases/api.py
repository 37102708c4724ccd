"""Endpoints of releases."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.projects.access import Action, require_member
from annotations.projects.queries import membership_in
from annotations.releases import services
from annotations.releases.downloads import download
from annotations.releases.models import Release
from annotations.releases.queries import RELEASABLE, file_of, files_of, release_for, visible_releases
from annotations.releases.withdrawing import LONGEST, withdraw_release
from annotations.web.api import ApiView


class FilterIn(serializers.Serializer[Any]):
    """Which claims: an empty `status` means verified and published, an empty `label` or `articles` any."""

    status = serializers.ListField(child=serializers.ChoiceField(choices=RELEASABLE), required=False)
    label = serializers.ListField(child=serializers.ChoiceField(choices=services.SETTLED), required=False)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    articles = serializers.ListField(child=serializers.UUIDField(), required=False)


class ReleaseIn(serializers.Serializer[Any]):
    """What to freeze, and under which name and license."""

    title = serializers.CharField(max_length=300)
    license = serializers.CharField(max_length=100)
    filter = FilterIn(required=False)
    include_text = serializers.BooleanField(default=True, help_text="Whether the texts of the articles go with it.")


class ReleaseJobOut(serializers.Serializer[Any]):
    """The job that builds the release; its `result` is `{release}`, the id, once that is published."""

    job = serializers.CharField()


class ReleaseFileOut(serializers.Serializer[Any]):
    """One file of a release."""

    name = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()


class WithdrawalIn(serializers.Serializer[Any]):
    """Why a release is taken back."""

    reason = serializers.CharField(max_length=LONGEST)


class WithdrawalOut(serializers.Serializer[Any]):
    """That it was taken back."""

    at = serializers.DateTimeField()
    reason = serializers.CharField()


class ReleaseOut(serializers.Serializer[Any]):
    """A published release. `public_id` follows from the content; `parent` is the release before it.

    One with `imported_at` was made elsewhere, and taken in as it is.
    """

    id = serializers.CharField()
    public_id = serializers.CharField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    license = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    filter = serializers.DictField()
    text_included = serializers.BooleanField()
    frozen_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField()
    imported_at = serializers.DateTimeField(allow_null=True)
    public_url = serializers.CharField(
        allow_null=True, help_text="Its page for everybody, if it was frozen while the project had public pages."
    )
    withdrawn = WithdrawalOut(allow_null=True)
    files = ReleaseFileOut(many=True)


def release_out(release: Release) -> dict[str, Any]:
    """The release as the API shows it."""
    known = ("public_id", "number", "title", "license", "filter", "text_included", "frozen_at", "published_at")
    perhaps = ("imported_at", "public_url")
    taken_back = getattr(release, "withdrawal", None)
    return {
        "id": str(release.pk),
        **{name: getattr(release, name) for name in (*known, *perhaps)},
        "parent": str(release.parent_id) if release.parent_id else None,
        "withdrawn": {"at": taken_back.at, "reason": taken_back.reason} if taken_back else None,
        "files": [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files_of(release)],
    }


class ReleaseList(ApiView):
    """The releases of a project."""

    ordering = ("-number",)

    @extend_schema(operation_id="release_list", responses=ReleaseOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Every published release, newest first."""
        project = membership_in(request.user, slug).project
        return self.page(visible_releases(request.user, project), release_out)

    @extend_schema(operation_id="release_request", request=ReleaseIn, responses={202: ReleaseJobOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Ask for a release; 409 where the filter chooses no claim."""
        require_member(membership_in(request.user, slug), Action.RELEASE)
        _, job = services.request_release(request.user, slug=slug, **self.body(ReleaseIn))
        return Response({"job": str(job.pk)}, status=202)


class ReleaseDetail(ApiView):
    """One release."""

    @extend_schema(operation_id="release_read", responses=ReleaseOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """What it is, and its files with their SHA-256."""
        return Response(release_out(release_for(request.user, id)))


class ReleaseWithdraw(ApiView):
    """Taking a release back."""

    @extend_schema(operation_id="release_withdraw", request=WithdrawalIn, responses=ReleaseOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Withdraw it for a reason that everybody may read; its files stay. 409 where it was withdrawn before."""
        require_member(membership_in(request.user, release_for(request.user, id).project.slug), Action.RELEASE)
        return Response(release_out(withdraw_release(request.user, release_id=id, **self.body(WithdrawalIn))))


class ReleaseFileDetail(ApiView):
    """One file of a release."""

    @extend_schema(
        operation_id="release_file",
        responses={
            (200, "application/jsonl"): OpenApiTypes.STR,
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: ApiRequest, id: UUID, name: str) -> StreamingHttpResponse:
        """The file's bytes."""
        return download(request._request, file_of(release_for(request.user, id), name))
